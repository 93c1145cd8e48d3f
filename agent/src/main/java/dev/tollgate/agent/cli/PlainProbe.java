package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Probe;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.limiter.Ticker;
import java.time.Clock;
import java.time.Duration;

/**
 * {@code ready PID} and {@code live PID} with nothing else on the line, as containers ask every few
 * seconds: reading that needs no parser, and loading one would take a third of the time. Whatever
 * isn't exactly that is left to {@link ProbeCommand}, which does the same.
 */
final class PlainProbe {
  static final int NOT_PLAIN = -1;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private PlainProbe() {}

  /** The exit status, or {@link #NOT_PLAIN}. */
  static int run(String[] arguments, Connector connector, Ticker ticker) {
    if (arguments.length != 2) {
      return NOT_PLAIN;
    }
    Probe probe;
    switch (arguments[0]) {
      case "ready" -> probe = Probe.READINESS;
      case "live" -> probe = Probe.LIVENESS;
      default -> {
        return NOT_PLAIN;
      }
    }
    long pid;
    try {
      pid = ProcessId.parse(arguments[1]);
    } catch (IllegalArgumentException e) {
      return NOT_PLAIN;
    }
    try {
      return ask(probe, pid, new TimeLimit(TIMEOUT), connector, ticker).yes() ? 0 : 1;
    } catch (NoAnswerException | InterruptedException e) {
      return ProbeCommand.NO_ANSWER;
    }
  }

  /** Connects, asks and lets go again. */
  static Probe.Answer ask(
      Probe probe, long pid, TimeLimit limit, Connector connector, Ticker ticker)
      throws NoAnswerException, InterruptedException {
    return limit.ask(
        pid,
        () -> {
          try (TollgateJvm jvm = TollgateJvm.connect(pid, connector, ticker, Clock.systemUTC())) {
            return jvm.ask(probe);
          }
        });
  }
}
