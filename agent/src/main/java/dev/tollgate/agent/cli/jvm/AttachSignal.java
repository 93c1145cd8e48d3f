package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The signal by which an attach begins. A JVM opens the socket at which it answers when it gets a
 * SIGQUIT, once. The signal ends a JVM that doesn't catch it: one that is just starting, or runs
 * with {@code -Xrs}. One with {@code -XX:+DisableAttachMechanism} prints a thread dump among what
 * its program prints. The JDK doesn't send it to the latter, but knows it only by the performance
 * data, which {@code -XX:-UsePerfData} turns off and a container may hide. All this is known on
 * Linux only.
 */
final class AttachSignal {
  private static final Path PROC = Path.of("/proc");
  private static final long CATCHES_QUIT = 1L << 2;
  private static final int HEXADECIMAL = 16;

  // A JVM catches the signal some 20 ms after it has loaded its library.
  private static final int TRIES = 100;
  private static final long PAUSE_MILLIS = 20;

  private AttachSignal() {}

  /**
   * @throws NoAnswerException if the signal would do harm, as far as that can be known
   */
  static void check(long pid) throws NoAnswerException {
    Path process = PROC.resolve(Long.toString(pid));
    try {
      for (int i = 0; i < TRIES; i++) {
        List<String> status =
            Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1);
        if (hasSocket(process, field(status, "NSpid:", Long.toString(pid)))) {
          return;
        }
        if (JvmOptions.disableAttach(process)) {
          throw new NoAnswerException(
              "process " + pid + " can't be attached to: it runs with -XX:+DisableAttachMechanism");
        }
        if (catchesQuit(field(status, "SigCgt:", "-1"))) {
          return;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      // There is no /proc, or the process has ended: attaching will say so.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new NoAnswerException(
        "process "
            + pid
            + " can't be attached to: it would end by the signal, since it is starting or runs with"
            + " -Xrs, and its socket .java_pid"
            + pid
            + " isn't in /tmp");
  }

  /** In its own folder /tmp, or in ours, where that can't be looked at. */
  private static boolean hasSocket(Path process, String pid) {
    String name = ".java_pid" + pid;
    return Files.exists(process.resolve("root/tmp").resolve(name))
        || Files.exists(Path.of("/tmp", name));
  }

  /** The last word of a line: of the process ids, that in the innermost namespace. */
  private static String field(List<String> status, String name, String otherwise) {
    for (String line : status) {
      if (line.startsWith(name)) {
        String value = line.substring(name.length()).strip();
        return value.substring(value.lastIndexOf('\t') + 1);
      }
    }
    return otherwise;
  }

  private static boolean catchesQuit(String mask) {
    try {
      long caught = mask.equals("-1") ? -1 : Long.parseUnsignedLong(mask, HEXADECIMAL);
      return (caught & CATCHES_QUIT) != 0;
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
