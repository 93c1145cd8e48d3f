package dev.tollgate.agent.cli.jvm;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM over the JDK's attach. Apart from {@link JmxConnection}, since this class can't be
 * linked where the module jdk.attach isn't there.
 */
final class AttachedJvm {
  private AttachedJvm() {}

  /** What {@code question} finds in the process {@code pid}, which is a JVM. */
  static <T> T ask(long pid, Question<T> question) throws NoAnswerException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return question.ask(machine);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      boolean disabled = String.valueOf(e.getMessage()).contains("does not support the attach");
      throw cannotAttach(
          pid, disabled ? "it runs with -XX:+DisableAttachMechanism" : e.getMessage(), e);
    } catch (IOException e) {
      throw cannotAttach(pid, e.getMessage(), e);
    }
  }

  private static NoAnswerException cannotAttach(long pid, @Nullable String why, Exception e) {
    if (!JvmProcess.isThere(pid)) {
      // The JDK says "Premature EOF" then, and other things.
      return new NoAnswerException("process " + pid + " has ended meanwhile", e);
    }
    return new NoAnswerException("process " + pid + " can't be attached to: " + why, e);
  }

  /** To a JVM that is attached to. */
  @FunctionalInterface
  interface Question<T> {
    T ask(VirtualMachine machine) throws IOException, NoAnswerException;
  }
}
