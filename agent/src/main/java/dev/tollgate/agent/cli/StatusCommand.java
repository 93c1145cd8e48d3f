package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.limiter.Ticker;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows how a JVM with Tollgate is: health, readiness, checks, limiters.",
    footer = {
      "",
      "Ends with status 0 where it is healthy, 1 where it is degraded, 2 where it is",
      "unhealthy, and 3 where there is no answer."
    },
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
    exitCodeOnExecutionException = TargetCommand.NO_ANSWER)
final class StatusCommand extends TargetCommand {
  @Option(names = "--json", description = "Writes one JSON object instead of a page.")
  private boolean json;

  StatusCommand(Connector connector, Ticker ticker) {
    super(connector, ticker);
  }

  @Override
  int ask(long process, TimeLimit limit) throws NoAnswerException, InterruptedException {
    Reading reading = limit.ask(process, () -> read(process));
    Optional<HealthReading> health = reading.health();
    PrintWriter out = spec().commandLine().getOut();
    if (!json) {
      StatusPage.lines(reading, spec().commandLine().getColorScheme().ansi()).forEach(out::println);
    }
    if (health.isEmpty()) {
      throw reading.noHealth();
    }
    if (json) {
      out.println(StatusJson.of(reading, health.get()));
    }
    return health.get().report().status().code();
  }

  private Reading read(long process) throws NoAnswerException {
    try (TollgateJvm jvm = connect(process)) {
      return jvm.read();
    }
  }
}
