package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Probe;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.limiter.Ticker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A question for another JVM that the exit status answers, for the probes of containers. */
abstract class ProbeCommand extends TargetCommand {
  private static final int YES = 0;
  private static final int NO = 1;

  private final Probe probe;

  @Option(
      names = {"-v", "--verbose"},
      description = "Says on standard error why it isn't, or why there is no answer.")
  private boolean verbose;

  private ProbeCommand(Probe probe, Connector connector, Ticker ticker) {
    super(connector, ticker);
    this.probe = probe;
  }

  @Override
  final int ask(long process, TimeLimit limit) throws NoAnswerException, InterruptedException {
    Probe.Answer answer = PlainProbe.ask(probe, process, limit, connector(), ticker());
    for (String issue : answer.issues()) {
      explain(issue);
    }
    return answer.yes() ? YES : NO;
  }

  @Override
  final void explain(String why) {
    if (verbose) {
      super.explain(why);
    }
  }

  @Command(
      name = "ready",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Whether a JVM with Tollgate may get traffic, by exit status alone.",
      footer = {"", "Ends with status 0 where it may, 1 where not, 3 where there is no answer."},
      exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
      exitCodeOnExecutionException = TargetCommand.NO_ANSWER)
  static final class Ready extends ProbeCommand {
    Ready(Connector connector, Ticker ticker) {
      super(Probe.READINESS, connector, ticker);
    }
  }

  @Command(
      name = "live",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Whether a JVM with Tollgate can do without a restart, by exit status alone.",
      footer = {"", "Ends with status 0 where it can, 1 where not, 3 where there is no answer."},
      exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
      exitCodeOnExecutionException = TargetCommand.NO_ANSWER)
  static final class Live extends ProbeCommand {
    Live(Connector connector, Ticker ticker) {
      super(Probe.LIVENESS, connector, ticker);
    }
  }
}
