package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.RemoteAgent;
import dev.tollgate.agent.cli.jvm.TimeLimit;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.agent.cli.jvm.Verdict;
import dev.tollgate.limiter.Ticker;
import picocli.CommandLine.Command;

@Command(
    name = "detach",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    defaultValueProvider = PatientTimeout.class,
    description = "Takes Tollgate out of a JVM: its classes are as they were then.",
    footer = {
      "",
      "However it came there. Ends with status 0 where it is out, 1 where that isn't",
      "complete, and 3 where there is none or no answer."
    },
    exitCodeOnInvalidInput = TargetCommand.NO_ANSWER,
    exitCodeOnExecutionException = TargetCommand.NO_ANSWER)
final class DetachCommand extends TargetCommand {
  DetachCommand(Connector connector, Ticker ticker) {
    super(connector, ticker);
  }

  @Override
  int ask(long process, TimeLimit limit) throws NoAnswerException, InterruptedException {
    Verdict verdict = limit.ask(process, () -> detach(process));
    return tell(verdict, "Tollgate " + verdict.line() + " has left process " + process);
  }

  private Verdict detach(long process) throws NoAnswerException {
    try (TollgateJvm jvm = connect(process)) {
      return jvm.detach(() -> RemoteAgent.detachKey(process));
    }
  }
}
