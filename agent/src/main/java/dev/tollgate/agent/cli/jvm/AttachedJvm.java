package dev.tollgate.agent.cli.jvm;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
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
    AttachSignal.check(pid);
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        removeLeftOver(pid);
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

  /**
   * What a command has left that gave up on this JVM. The file must outlast the command: a JVM that
   * comes to the signal of an attach and finds none prints a thread dump among what its program
   * prints. This one answers by now, and looks for it no more.
   */
  private static void removeLeftOver(long pid) {
    String name = ".attach_pid" + pid;
    for (String folder : new String[] {"/proc/" + pid + "/cwd", "/tmp"}) {
      File file = new File(folder, name);
      // Whatever else is called so isn't an attach's; and what can't be removed stays.
      if (file.isFile() && file.length() == 0) {
        boolean unused = file.delete();
      }
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
