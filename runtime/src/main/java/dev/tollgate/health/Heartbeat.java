package dev.tollgate.health;

/**
 * A loop that shows that it still runs. While it is open and silent for longer than it said it
 * would be, the JVM is not live.
 */
public interface Heartbeat extends AutoCloseable {

  /** Shows that it runs; costs a clock read. */
  void beat();

  /** The loop has ended and is expected no longer. */
  @Override
  void close();
}
