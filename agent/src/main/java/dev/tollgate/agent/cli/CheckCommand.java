package dev.tollgate.agent.cli;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.SettingsLoader;
import dev.tollgate.config.TollgateSettings;
import java.io.File;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reads a configuration and says what is wrong with it.",
    footer = {"", "Ends with status 0 where it can be used, and 1 where it can't."},
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER)
@SuppressWarnings("NullAway.Init") // Fields are set by picocli.
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "HOCON, or by the ending of its name .json or .properties.")
  private File file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TollgateSettings settings;
    try {
      settings = SettingsLoader.check(file);
    } catch (ConfigurationException e) {
      spec.commandLine().getErr().println(PlainText.line(String.valueOf(e.getMessage())));
      return ExitCode.SOFTWARE;
    }
    PrintWriter out = spec.commandLine().getOut();
    SettingsReport.lines(file.getPath(), settings, spec.commandLine().getColorScheme().ansi())
        .forEach(out::println);
    return ExitCode.OK;
  }
}
