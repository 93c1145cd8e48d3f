package dev.tollgate.agent.cli.demo;

import java.util.Optional;

/** Asks a limiter in another JVM. */
@FunctionalInterface
public interface WaitsReader {

  /**
   * The waits at the limiter of that name in the process {@code pid}; empty where it can't be
   * asked.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  Optional<Waits> read(long pid, String limiter) throws InterruptedException;
}
