package dev.tollgate.limiter;

/**
 * A permit in the scoped form, {@code try (Permit permit = limiter.limit()) { … }}. The call is in
 * flight until this is closed; closing gives no token back. Closing again does nothing.
 */
public interface Permit extends AutoCloseable {
  @Override
  void close();
}
