package dev.tollgate.agent.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Both runs of a demo.
 *
 * @param without the agent
 * @param with the agent
 */
public record DemoResult(Scenario scenario, RunResult without, RunResult with) {

  /** What isn't as the demo wants to show it, a sentence each; empty if all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (with.client().refused() > 0) {
      problems.add("with the agent, " + with.client().refused() + " calls were answered 429");
    }
    if (with.client().ok() < scenario.calls()) {
      problems.add(
          "with the agent, only "
              + with.client().ok()
              + " of "
              + scenario.calls()
              + " calls were answered 200");
    }
    if (without.client().refused() == 0) {
      problems.add("without the agent, no call was answered 429: there is nothing to compare");
    }
    addMiscount(problems, Run.WITHOUT_AGENT, without);
    addMiscount(problems, Run.WITH_AGENT, with);
    return problems;
  }

  private static void addMiscount(List<String> problems, Run run, RunResult result) {
    if (!result.client().equals(result.server())) {
      problems.add(
          run.label()
              + ", the client counted "
              + words(result.client())
              + ", the server "
              + words(result.server()));
    }
  }

  private static String words(Tally tally) {
    return tally.ok() + " x 200 and " + tally.refused() + " x 429";
  }
}
