package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/** Who waits for the moment when tokens that it has taken already are paid for. */
abstract class Waiter {
  final long weight;
  final long arrival;

  /** The last moment that may be promised to it. */
  final long deadline;

  /** The promised moment; of one in a {@link Backlog}, not before it. Written under the lock. */
  volatile long due;

  /** Not 0 once it has been refused after all. Written under the lock. */
  volatile long refusal;

  /** Where it waits since the limiter was handed over. Written under the lock. */
  volatile @Nullable Elsewhere moved;

  /** In the order of its {@link Backlog}; 0 if it was in none. Under the lock. */
  long place;

  /** What {@link Level#clip} took. Under the lock. */
  long clipped;

  /** Its tokens are its own. Under the lock. */
  boolean admitted;

  /** Admitted, refused or gone: no longer in the queue. Under the lock. */
  boolean settled;

  Waiter(long weight, long arrival, long maxWaitNanos) {
    this.weight = weight;
    this.arrival = arrival;
    this.deadline = arrival + Math.min(maxWaitNanos, Waits.LONGEST);
  }

  /** The promised moment has changed, or it is refused. Called under the lock. */
  abstract void wake();

  /** What a refund of its tokens will have to know. Called under the lock. */
  void promised(long room, long refunded, Limits limits) {}

  /** Gets no tokens, since none are needed. Called under the lock. */
  void letGo() {}

  /** What it may give back; null where that is nothing. Called under the lock, or once admitted. */
  @Nullable Grant grant() {
    return null;
  }

  /** It came before its moment. Called under the lock. */
  void notYet() {}

  /** Is no longer in the queue. Called under the lock. */
  void settle() {
    settled = true;
  }

  /** Waits elsewhere from now on. Called under the lock. */
  void move(Elsewhere to) {
    settle();
    moved = to;
  }
}
