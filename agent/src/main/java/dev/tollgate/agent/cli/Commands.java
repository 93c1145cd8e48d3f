package dev.tollgate.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Alone, it prints its help. */
@Command(
    name = "java -jar tollgate-agent.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Limits how often the methods of a JVM run.",
    footer = {
      "",
      "To limit a program, start it with the agent:",
      "  java -javaagent:tollgate-agent.jar -jar program.jar",
      "  java -javaagent:tollgate-agent.jar=config=tollgate.conf -jar program.jar"
    },
    subcommands = {DemoCommand.class, CheckCommand.class, VersionCommand.class, HelpCommand.class})
public final class Commands implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  private Commands() {}

  /**
   * Runs one command.
   *
   * @return the exit status: 0 for success, 1 for failure, 2 for a command line that isn't
   *     understood
   */
  public static int run(String[] arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Commands());
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
