package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A forked JVM; never outlives the test. */
final class RunningJvm implements AutoCloseable {
  private static final String HEALTH = "tollgate: health: ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Output out;
  private final Output err;
  private int linesRead;

  RunningJvm(Process process) {
    this.process = process;
    this.out = new Output(process.getInputStream());
    this.err = new Output(process.getErrorStream());
  }

  String pid() {
    return Long.toString(process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** But for what the agent says of the machine's health, which is no matter of most tests. */
  List<String> err() {
    return err.lines().stream().filter(line -> !line.startsWith(HEALTH)).toList();
  }

  /** What the agent has said of its health, line by line. */
  List<String> health() {
    return err.lines().stream()
        .filter(line -> line.startsWith(HEALTH))
        .map(line -> line.substring(HEALTH.length()))
        .toList();
  }

  /** Writes a line to the program and waits for the line that it answers with. */
  String ask(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(state(-1)), e);
    }
    return nextLine();
  }

  /** Waits for the program's next line on stdout. */
  String nextLine() {
    out.awaitLine(linesRead, Deadline.in(PATIENCE));
    List<String> lines = out.lines();
    assertThat(lines.size()).as("%s", state(-1)).isGreaterThan(linesRead);
    return lines.get(linesRead++);
  }

  /** Closes the program's stdin and waits until it has ended. */
  JvmResult end() {
    Deadline deadline = Deadline.in(PATIENCE);
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      boolean ended = process.waitFor(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
      assertThat(ended).as("the JVM ended within %s: %s", PATIENCE, state(-1)).isTrue();
      out.awaitEnd(deadline);
      err.awaitEnd(deadline);
      return state(process.exitValue());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private JvmResult state(int exit) {
    return new JvmResult(exit, out.lines(), err());
  }
}
