package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.limiter.Ticker;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The command line. Alone, it prints its help. */
@Command(
    name = "java -jar tollgate-agent.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Limits how often the methods of a JVM run.",
    // A mistyped status must not look like one that says "unhealthy".
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
    footer = {
      "",
      "To limit a program, start it with the agent:",
      "  java -javaagent:tollgate-agent.jar -jar program.jar",
      "  java -javaagent:tollgate-agent.jar=config=tollgate.conf -jar program.jar",
      "or attach it to one that runs."
    })
public final class Commands implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  private Commands() {}

  /**
   * Runs one command.
   *
   * @return the exit status: 0 for success, 1 for failure, 3 for a command line that isn't
   *     understood or an output that can't be written to, 141 if its reader has gone; commands that
   *     ask another JVM have their own
   */
  public static int run(String[] arguments) {
    int probed = PlainProbe.run(arguments, Connector.local(), Ticker.system());
    return probed != PlainProbe.NOT_PLAIN
        ? probed
        : commandLine(Connector.local(), Ticker.system())
            .setColorScheme(Help.defaultColorScheme(Screen.colours()))
            .setOut(StandardOutput.writer())
            .execute(arguments);
  }

  /**
   * @param connector the way to other JVMs
   * @param ticker the time for whatever waits or measures
   */
  static CommandLine commandLine(Connector connector, Ticker ticker) {
    return new CommandLine(new Commands())
        .addSubcommand(new DemoCommand(connector))
        .addSubcommand(new StatusCommand(connector, ticker))
        .addSubcommand(new WatchCommand(connector, ticker))
        .addSubcommand(new ProbeCommand.Ready(connector, ticker))
        .addSubcommand(new ProbeCommand.Live(connector, ticker))
        .addSubcommand(new AttachCommand(connector, ticker))
        .addSubcommand(new DetachCommand(connector, ticker))
        .addSubcommand(new CheckCommand())
        .addSubcommand(new VersionCommand())
        .addSubcommand(new HelpCommand())
        // An argument that begins with @ is one like any other, not a file with arguments.
        .setExpandAtFiles(false)
        .setExecutionStrategy(Commands::execute);
  }

  private static int execute(ParseResult parsed) {
    CommandLine commandLine = parsed.commandSpec().commandLine();
    try {
      int exit = new RunLast().execute(parsed);
      commandLine.getOut().flush();
      return exit;
    } catch (OutputLostException e) {
      return e.exit(commandLine.getErr());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutputLostException lost) {
        return lost.exit(commandLine.getErr());
      }
      throw e;
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return TargetCommand.NO_ANSWER;
  }
}
