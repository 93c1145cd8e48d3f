package dev.tollgate.agent.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that runs the client program. It prints a line for each call, then stays until its standard
 * input ends.
 */
final class Client implements AutoCloseable {
  /** What a JVM ends with on Ctrl-C, which a terminal sends to it too. */
  private static final int INTERRUPTED = 130;

  private final Run run;
  private final Process process;
  private final BufferedReader lines;
  private final List<String> otherLines = new ArrayList<>();
  private final Path errors;
  private final CompletableFuture<?> watchdog;
  private volatile boolean timedOut;
  private volatile boolean closed;

  Client(Run run, Process process, Path errors, Duration timeout) {
    this.run = run;
    this.process = process;
    this.lines = process.inputReader();
    this.errors = errors;
    this.watchdog =
        process
            .onExit()
            .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(
                late -> {
                  timedOut = true;
                  return process.destroyForcibly();
                });
  }

  long pid() {
    return process.pid();
  }

  /** The status of the next call that is answered. */
  int nextStatus() throws ClientFailedException, InterruptedException {
    for (String line = nextLine(); line != null; line = nextLine()) {
      try {
        return Integer.parseInt(line);
      } catch (NumberFormatException e) {
        // The JVM has something to say: a warning, or why it can't start.
        otherLines.add(line);
      }
    }
    throw endedEarly();
  }

  private @Nullable String nextLine() {
    try {
      return lines.readLine();
    } catch (IOException e) {
      // Its end closes the pipe, and what is read then depends on the moment.
      return null;
    }
  }

  /** Lets it end, once it has answered for all its calls. */
  void finish() throws ClientFailedException, InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended by itself; its exit status says how.
    }
    if (process.waitFor() != 0) {
      throw endedEarly();
    }
  }

  private ClientFailedException endedEarly() throws InterruptedException {
    int status = process.waitFor();
    if (closed || status == INTERRUPTED) {
      throw new InterruptedException("the demo is ending");
    }
    return failure(timedOut ? "did not end in time" : "ended early, with status " + status);
  }

  /**
   * @param what the client did, the rest of a sentence about it
   */
  ClientFailedException failure(String what) {
    List<String> output = new ArrayList<>(otherLines);
    try {
      // Not readAllLines: whatever its encoding is, it must be seen.
      output.addAll(
          new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      output.add("(its standard error can't be read: " + e + ")");
    }
    return new ClientFailedException(run.label() + ", the client " + what, output);
  }

  @Override
  public void close() {
    closed = true;
    watchdog.cancel(false);
    process.destroyForcibly();
    try {
      // Its files can be deleted then, on Windows too.
      process.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
