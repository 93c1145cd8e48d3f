package dev.tollgate.agent.cli.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a process is a JVM. Asked before it is attached to: on Linux, attaching sends a SIGQUIT,
 * by which other programs end (nginx, for one, and whatever doesn't catch it on some JDKs), and
 * then waits ten seconds for a file that only a JVM makes.
 */
final class JvmProcess {
  private static final Path PROC = Path.of("/proc");

  private JvmProcess() {}

  /**
   * @throws NoAnswerException if it is none, or can't be looked at
   */
  static void check(long pid) throws NoAnswerException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      throw new NoAnswerException("there is no process " + pid);
    }
    // Elsewhere the JDK's own look at it has to do.
    if (!Files.exists(PROC.resolve("self/maps"))) {
      return;
    }
    try {
      if (!hasLoadedJvm(PROC.resolve(Long.toString(pid)).resolve("maps"))) {
        throw new NoAnswerException("process " + pid + " is no JVM: jps lists those that are");
      }
    } catch (AccessDeniedException e) {
      if (!announcesItself(pid)) {
        throw notAllowed(pid, process.get().info().user().orElse(""), e);
      }
    } catch (IOException e) {
      throw new NoAnswerException("process " + pid + " has ended", e);
    }
  }

  /** Whether it is still there, where that can be told. */
  static boolean isThere(long pid) {
    try {
      check(pid);
      return true;
    } catch (NoAnswerException e) {
      return false;
    }
  }

  /** A JVM of this user may have more rights than this one, which hides all but this file. */
  private static boolean announcesItself(long pid) {
    return Files.exists(Path.of("/tmp", "hsperfdata_" + user(), Long.toString(pid)));
  }

  private static NoAnswerException notAllowed(long pid, String owner, IOException cause) {
    return new NoAnswerException(
        "process "
            + pid
            + (owner.equals(user())
                ? " can't be looked at: it has more rights than this command"
                : " belongs to " + owner + ": run this command as that user"),
        cause);
  }

  private static String user() {
    return System.getProperty("user.name", "");
  }

  private static boolean hasLoadedJvm(Path maps) throws IOException {
    // Paths may be of any encoding; this one fails on none.
    try (BufferedReader lines = Files.newBufferedReader(maps, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("/libjvm.so")) {
          return true;
        }
      }
      return false;
    }
  }
}
