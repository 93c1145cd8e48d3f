package dev.tollgate.agent.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The lines that a process writes to one of its streams, read as they come. */
final class Output {
  // Both: guarded by this.
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  Output(InputStream stream) {
    Thread reader = new Thread(() -> read(stream), "output of a forked JVM");
    reader.setDaemon(true);
    reader.start();
  }

  /** The lines so far. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until the line with this index is there, or there will be no such line. */
  synchronized void awaitLine(int index, Deadline deadline) {
    await(() -> lines.size() > index, deadline);
  }

  /** Waits until the stream has ended. */
  synchronized void awaitEnd(Deadline deadline) {
    await(() -> false, deadline);
  }

  private void await(BooleanSupplier condition, Deadline deadline) {
    while (!condition.getAsBoolean() && !ended && !deadline.isOver()) {
      try {
        wait(Math.max(1, deadline.remaining().toMillis()));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void read(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      // The process was destroyed.
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }
}
