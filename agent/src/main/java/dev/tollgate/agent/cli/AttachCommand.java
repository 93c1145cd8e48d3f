package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.RemoteAgent;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.Verdict;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    defaultValueProvider = PatientTimeout.class,
    description = "Limits a program that already runs.",
    footer = {
      "",
      "The arguments are those that -javaagent:tollgate-agent.jar takes, each by itself",
      "or with commas between them. A value may have a comma in it; it needs quotes",
      "where a key and = follow that. A relative path of config is one from here.",
      "",
      "Exit status: 0 attached, 1 rejected, or some loaded classes can't be limited,",
      "3 no answer."
    },
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
    exitCodeOnExecutionException = TargetCommand.NO_ANSWER)
final class AttachCommand extends TargetCommand {
  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Configuration, such as config=tollgate.conf.")
  private List<String> given = List.of();

  AttachCommand(Connector connector, Ticker ticker) {
    super(connector, ticker);
  }

  @Override
  int ask(long process, TimeLimit limit) throws NoAnswerException, InterruptedException {
    String arguments;
    Path jar;
    try {
      arguments = AttachArguments.of(given, Path.of("").toAbsolutePath());
      jar = AgentJar.path("attach " + process);
    } catch (IllegalArgumentException | IOException e) {
      throw new NoAnswerException(String.valueOf(e.getMessage()));
    }
    Verdict verdict = limit.ask(process, () -> RemoteAgent.load(process, jar, arguments));
    return tell(verdict, "Tollgate " + verdict.line() + " is active in process " + process);
  }
}
