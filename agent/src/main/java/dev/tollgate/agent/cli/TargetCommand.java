package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.agent.cli.jvm.Verdict;
import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.Ticker;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command about another JVM. Its statuses below {@link #NO_ANSWER} are what that JVM answered, so
 * whatever else goes wrong has to end with that one: a monitor must not take a mistyped command for
 * a sick JVM.
 */
@SuppressWarnings("NullAway.Init") // Fields are set by picocli.
abstract class TargetCommand implements Callable<Integer> {
  static final int NO_ANSWER = 3;

  /** What shells say of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  @Parameters(
      index = "0",
      paramLabel = "PID",
      description = "The process id of the JVM, as jps shows it.")
  private String pid;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "The longest to wait for an answer (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Spec private CommandSpec spec;

  private final Connector connector;
  private final Ticker ticker;

  TargetCommand(Connector connector, Ticker ticker) {
    this.connector = connector;
    this.ticker = ticker;
  }

  @Override
  public final Integer call() {
    long process;
    TimeLimit limit;
    try {
      process = ProcessId.parse(pid);
      limit = new TimeLimit(limit(timeout));
    } catch (IllegalArgumentException e) {
      err().println(PlainText.line(String.valueOf(e.getMessage())));
      return NO_ANSWER;
    }
    try {
      return ask(process, limit);
    } catch (NoAnswerException e) {
      explain(e.getMessage());
      return NO_ANSWER;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /** What the JVM answered, as an exit status. */
  abstract int ask(long process, TimeLimit limit) throws NoAnswerException, InterruptedException;

  /** Says why there was none, or why it isn't a better one. */
  void explain(String why) {
    err().println(PlainText.line(why));
  }

  /** Says {@code done} where it is, and otherwise why not; as an exit status. */
  final int tell(Verdict verdict, String done) {
    if (!verdict.done()) {
      explain(verdict.line());
      return ExitCode.SOFTWARE;
    }
    spec.commandLine().getOut().println(PlainText.line(done));
    return ExitCode.OK;
  }

  final TollgateJvm connect(long process) throws NoAnswerException {
    return TollgateJvm.connect(process, connector, ticker, Clock.systemUTC());
  }

  final Connector connector() {
    return connector;
  }

  final Ticker ticker() {
    return ticker;
  }

  final CommandSpec spec() {
    return spec;
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static Duration limit(String text) {
    Duration time;
    try {
      time = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--timeout " + e.getMessage(), e);
    }
    if (time.isZero()) {
      throw new IllegalArgumentException("--timeout " + text + ": write a time above 0, like 5s");
    }
    return time;
  }
}
