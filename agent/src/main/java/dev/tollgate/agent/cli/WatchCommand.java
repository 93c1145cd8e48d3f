package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows the same each second, with the rates of the limiters, until Ctrl-C.",
    footer = {"", "Ends with status 3 where there is no answer, or none any more."},
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
    exitCodeOnExecutionException = TargetCommand.NO_ANSWER)
final class WatchCommand extends TargetCommand {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  WatchCommand(Connector connector, Ticker ticker) {
    super(connector, ticker);
  }

  @Override
  int ask(long process, TimeLimit limit) throws NoAnswerException, InterruptedException {
    Ansi ansi = spec().commandLine().getColorScheme().ansi();
    TollgateJvm jvm = limit.ask(process, () -> connect(process));
    try (Pages pages =
        new Pages(spec().commandLine().getOut(), Screen.isTerminal(), TerminalSize::ask)) {
      List<LimiterReading> before = List.of();
      for (; ; ) {
        Reading reading = limit.ask(process, jvm::read);
        pages.show(StatusPage.lines(reading, Rates.between(before, reading.limiters()), ansi));
        before = reading.limiters();
        // From now, not from the last time: an answer that came late doesn't make the next early.
        sleep();
      }
    }
  }

  private void sleep() throws InterruptedException {
    long until = ticker().nanos() + INTERVAL.toNanos();
    for (long left = INTERVAL.toNanos(); left > 0; left = until - ticker().nanos()) {
      ticker().park(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
