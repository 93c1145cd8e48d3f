package dev.tollgate.agent.cli.jvm;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The agent in another JVM: brought there, and how it says what came of it. */
public final class RemoteAgent {
  // As in dev.tollgate.agent.start.AttachReply and DetachKey.
  private static final String REPLY_ARGUMENT = "attach.reply=";
  private static final String REPLY = "dev.tollgate.attach";
  private static final String ACTIVE = "active ";
  private static final String REFUSED = "refused ";
  private static final String DETACH_KEY = "dev.tollgate.detach.key";

  /**
   * What the JDK takes of arguments, in bytes; of those that are longer it says nothing helpful.
   */
  private static final int LONGEST = 1_000;

  private RemoteAgent() {}

  /**
   * Loads {@code jar} into the process {@code pid} and starts it with {@code arguments}.
   *
   * @return what the agent says to that
   * @throws NoAnswerException if it can't be brought there
   */
  public static Verdict load(long pid, Path jar, String arguments) throws NoAnswerException {
    JvmProcess.check(pid);
    String word = UUID.randomUUID().toString();
    String all = REPLY_ARGUMENT + word + (arguments.isEmpty() ? "" : "," + arguments);
    @Nullable String reply =
        AttachedJvm.ask(pid, machine -> Optional.ofNullable(load(pid, machine, jar, all)))
            .orElse(null);
    if (reply == null || !reply.startsWith(word + " ")) {
      throw new NoAnswerException(
          "the agent in process " + pid + " doesn't say that it is active: its stderr may say why");
    }
    String answer = reply.substring(word.length() + 1);
    return answer.startsWith(ACTIVE)
        ? new Verdict(true, answer.substring(ACTIVE.length()))
        : new Verdict(false, answer.substring(REFUSED.length()));
  }

  /** The key to the agent's operation {@code detach}, or null where there is none. */
  public static @Nullable String detachKey(long pid) throws NoAnswerException {
    return AttachedJvm.ask(
            pid,
            machine -> Optional.ofNullable(machine.getAgentProperties().getProperty(DETACH_KEY)))
        .orElse(null);
  }

  private static @Nullable String load(long pid, VirtualMachine machine, Path jar, String arguments)
      throws IOException, NoAnswerException {
    try {
      machine.loadAgent(jar.toString(), arguments);
    } catch (AgentLoadException | AgentInitializationException e) {
      throw new NoAnswerException(
          "process " + pid + " doesn't load " + jar + ": " + e.getMessage(), e);
    } catch (IOException e) {
      boolean isShort = jar.toString().length() + arguments.length() < LONGEST;
      if (isShort || !JvmProcess.isThere(pid)) {
        throw e;
      }
      throw new NoAnswerException(
          "process "
              + pid
              + " takes no arguments as long as these: write them into a file, and give config=FILE",
          e);
    }
    return machine.getAgentProperties().getProperty(REPLY);
  }
}
