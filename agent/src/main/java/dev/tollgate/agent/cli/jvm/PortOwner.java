package dev.tollgate.agent.cli.jvm;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.server.RemoteObject;
import java.rmi.server.RemoteRef;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the port that a process names against the one that listens there: both must belong to the
 * same user. Else one user's process could send another user's question, root's for one, to a third
 * user's. Known on Linux only.
 */
final class PortOwner {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern COLUMNS = Pattern.compile(" +");
  private static final String LISTENS = "0A";

  // The columns of /proc/net/tcp that count here; see the kernel's proc_net_tcp documentation.
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int USER = 7;

  private PortOwner() {}

  /**
   * @throws NoAnswerException if the port of {@code stub} can't be reached from here, or belongs to
   *     another user than the process {@code pid}
   */
  static void check(long pid, RemoteObject stub) throws NoAnswerException {
    Path process = PROC.resolve(Long.toString(pid));
    if (!Files.isReadable(PROC.resolve("self/net/tcp"))) {
      return;
    }
    try {
      if (isInAnotherNetwork(process)) {
        throw new NoAnswerException(
            "process "
                + pid
                + " is in another network, that of a container: run this command there");
      }
      Integer user = (Integer) Files.getAttribute(process, "unix:uid");
      int port = port(stub);
      @Nullable Integer listener = listener(port);
      if (listener == null) {
        throw new NoAnswerException(
            "process " + pid + " names port " + port + " for its answers, where nothing listens");
      }
      if (!listener.equals(user)) {
        throw new NoAnswerException(
            "process " + pid + " names a port for its answers that another user's process has");
      }
    } catch (IOException e) {
      throw new NoAnswerException("who listens for process " + pid + " can't be read: " + e, e);
    }
  }

  private static boolean isInAnotherNetwork(Path process) {
    try {
      Path theirs = Files.readSymbolicLink(process.resolve("ns/net"));
      return !theirs.equals(Files.readSymbolicLink(PROC.resolve("self/ns/net")));
    } catch (IOException | UnsupportedOperationException e) {
      // It has more rights than this process, or the kernel has no such networks.
      return false;
    }
  }

  /**
   * The one that {@code stub} calls. References of the JDK write their host and their port, in this
   * order; those of the newer kind write before it whether they bring their own sockets.
   */
  private static int port(RemoteObject stub) throws IOException {
    RemoteRef reference = stub.getRef();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean newer;
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      newer = "UnicastRef2".equals(reference.getRefClass(out));
      if (!newer && !"UnicastRef".equals(reference.getRefClass(out))) {
        throw new IOException("its stub is of an unknown kind");
      }
      reference.writeExternal(out);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      if (newer && in.readByte() != 0) {
        throw new IOException("its stub brings sockets of its own");
      }
      in.readUTF();
      return in.readInt();
    }
  }

  /** The user whose process listens at the port on this machine; null if none does. */
  private static @Nullable Integer listener(int port) throws IOException {
    for (String name : new String[] {"self/net/tcp", "self/net/tcp6"}) {
      Path file = PROC.resolve(name);
      if (Files.isReadable(file)) {
        Integer user = listener(file, String.format(":%04X", port));
        if (user != null) {
          return user;
        }
      }
    }
    return null;
  }

  private static @Nullable Integer listener(Path file, String suffix) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = COLUMNS.split(line.strip(), -1);
        if (fields.length > USER
            && fields[STATE].equals(LISTENS)
            && fields[LOCAL].endsWith(suffix)) {
          return Integer.valueOf(fields[USER]);
        }
      }
    }
    return null;
  }
}
