package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.demo.Progress;
import dev.tollgate.agent.cli.demo.Run;
import dev.tollgate.agent.cli.demo.Scenario;
import dev.tollgate.agent.cli.demo.Tally;
import dev.tollgate.limiter.Durations;
import java.io.PrintWriter;

/** A line for each run; on a terminal a second below it, which is written again and again. */
final class ProgressLine implements Progress {
  private static final int BAR = 30;

  private final PrintWriter out;
  private final boolean rewrites;
  private final Scenario scenario;
  private int width;

  /**
   * @param rewrites whether {@code out} is a terminal
   */
  ProgressLine(PrintWriter out, boolean rewrites, Scenario scenario) {
    this.out = out;
    this.rewrites = rewrites;
    this.scenario = scenario;
  }

  @Override
  public void started(Run run) {
    out.println(
        switch (run) {
          case WITHOUT_AGENT -> "1  java IssuesClient";
          case WITH_AGENT ->
              "2  java -javaagent:tollgate-agent.jar IssuesClient   (takes "
                  + Durations.print(scenario.expectedTime())
                  + ")";
        });
    out.flush();
    answered(new Tally(0, 0));
  }

  @Override
  public void answered(Tally tally) {
    int calls = scenario.calls();
    int filled = BAR * tally.calls() / calls;
    rewrite(
        "   ["
            + "#".repeat(filled)
            + ".".repeat(BAR - filled)
            + "] "
            + tally.calls()
            + " of "
            + calls
            + " calls, "
            + tally.refused()
            + " x 429");
  }

  @Override
  public void finished() {
    rewrite("");
  }

  private void rewrite(String line) {
    if (!rewrites) {
      return;
    }
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    if (line.isEmpty()) {
      out.print("\r");
    }
    out.flush();
    width = line.length();
  }
}
