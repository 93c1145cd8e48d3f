package dev.tollgate.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints the version.",
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER)
@SuppressWarnings("NullAway.Init") // Fields are set by picocli.
final class VersionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(Version.line());
  }
}
