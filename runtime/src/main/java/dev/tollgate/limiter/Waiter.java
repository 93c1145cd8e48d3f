package dev.tollgate.limiter;

/** A thread that waits for the moment when its tokens, which it has taken already, are paid for. */
final class Waiter {
  final Thread thread = Thread.currentThread();
  final long weight;

  /** The promised moment. Written under the lock, and only ever earlier. */
  volatile long due;

  /** What {@link Level#clip} took. Under the lock. */
  long clipped;

  Waiter(long weight) {
    this.weight = weight;
  }
}
