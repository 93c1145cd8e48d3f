package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.demo.ClientFailedException;
import dev.tollgate.agent.cli.demo.Demo;
import dev.tollgate.agent.cli.demo.DemoResult;
import dev.tollgate.agent.cli.demo.Scenario;
import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows an HTTP client without the agent and with it; takes 15 seconds.",
    footer = {"", "Ends with status 0 where the server refused no call with the agent."},
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER)
@SuppressWarnings("NullAway.Init") // Fields are set by picocli.
final class DemoCommand implements Callable<Integer> {
  /** What shells say of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private static final List<String> MODULES = List.of("java.net.http", "jdk.httpserver");

  /** A connection to this very machine may still run into a firewall, and hang. */
  private static final TimeLimit PATIENCE = new TimeLimit(Duration.ofSeconds(8));

  @Spec private CommandSpec spec;

  private final Connector connector;

  DemoCommand(Connector connector) {
    this.connector = connector;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Scenario scenario = Scenario.standard();
    DemoReport report = new DemoReport(scenario, spec.commandLine().getColorScheme().ansi());
    ProgressLine progress = new ProgressLine(out, Screen.isTerminal(), scenario);

    for (String module : MODULES) {
      if (ModuleLayer.boot().findModule(module).isEmpty()) {
        err.println("The demo needs the module " + module + ", which this Java runtime lacks");
        return ExitCode.SOFTWARE;
      }
    }
    report.introduction().forEach(out::println);
    out.flush();
    try {
      DemoResult result = new Demo(scenario, AgentJar.path("demo"), this::read, progress).run();
      report.outcome(result).forEach(out::println);
      return result.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (ClientFailedException e) {
      err.println(PlainText.line("The demo failed: " + e.getMessage()));
      e.output().forEach(line -> err.println("  " + PlainText.line(line)));
    } catch (IOException e) {
      err.println(PlainText.line("The demo failed: " + e.getMessage()));
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
    return ExitCode.SOFTWARE;
  }

  private Reading read(long pid) throws NoAnswerException, InterruptedException {
    return PATIENCE.ask(
        pid,
        () -> {
          try (TollgateJvm jvm =
              TollgateJvm.connect(pid, connector, Ticker.system(), Clock.systemUTC())) {
            return jvm.read();
          }
        });
  }
}
