package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * Some of the sources that one call asks, looked at as one: between {@link #lock} and {@link
 * #unlock} their buckets are decided and all their locks are held, taken in the order of the
 * turnstiles. One look there says how long the call would wait, and which source is the reason.
 *
 * <p>The same bucket may come several times, by sources that are equal or not. Worked on by one
 * thread at a time.
 */
final class JointSources {
  private final TokenSource[] sources;
  private final long[] weights;

  /** Bits of the sources that belong here. */
  private final long members;

  /** The order of the last turnstile whose lock is held. */
  private long locked = -1;

  private int slowest;

  JointSources(TokenSource[] sources, long[] weights, long members) {
    this.sources = sources;
    this.weights = weights;
    this.members = members;
  }

  boolean isEmpty() {
    return members == 0;
  }

  /** How many sources the call has, members or not. */
  int length() {
    return sources.length;
  }

  boolean contains(int index) {
    return (members & 1L << index) != 0;
  }

  LocalSource source(int index) {
    return (LocalSource) sources[index];
  }

  Level level(int index) {
    return source(index).level();
  }

  Turnstile turnstile(int index) {
    return source(index).turnstile();
  }

  /** Decides which buckets are asked and takes all their locks. */
  void lock() {
    long retired;
    do {
      retired = 0;
      boolean isLocked = false;
      pin();
      try {
        lockAll();
        retired = retired();
        isLocked = retired == 0;
      } finally {
        if (!isLocked) {
          unlockAll();
          unpin(retired);
        }
      }
    } while (retired != 0);
  }

  void unlock() {
    try {
      unlockAll();
    } finally {
      unpin(0);
    }
  }

  /**
   * Under the locks: nanoseconds from {@code now} until all could be taken, 0 if now, or {@link
   * Outcome#NEVER}. Remembers the source that takes longest.
   *
   * @param enforcedOnly leaves out whose turnstile holds up no calls any more
   */
  long longestWait(long now, boolean enforcedOnly) {
    long longest = 0;
    for (int i = 0; i < sources.length; i++) {
      if (longest == Outcome.NEVER
          || !contains(i)
          || (enforcedOnly && !turnstile(i).isEnforced())) {
        continue;
      }
      long wait = turnstile(i).waitFor(level(i), weightAtLevelOf(i), now);
      if (wait == Outcome.NEVER || wait > longest) {
        slowest = i;
        longest = wait;
      }
    }
    return longest;
  }

  /** The source that the last {@link #longestWait} was the wait of. */
  int slowest() {
    return slowest;
  }

  /** Under the locks: whether no source before has the level of this one. */
  @SuppressWarnings("ReferenceEquality") // Levels are places, not values.
  boolean isFirstOfItsLevel(int index) {
    for (int i = 0; i < index; i++) {
      if (contains(i) && level(i) == level(index)) {
        return false;
      }
    }
    return true;
  }

  /** Under the locks: the weights of all sources that are the same level as this one. */
  @SuppressWarnings("ReferenceEquality") // Levels are places, not values.
  long weightAtLevelOf(int index) {
    Level level = level(index);
    long sum = 0;
    for (int i = 0; i < sources.length; i++) {
      if (contains(i) && level(i) == level) {
        // Beyond a long it is beyond any capacity.
        sum = sum + weights[i] < 0 ? Long.MAX_VALUE : sum + weights[i];
      }
    }
    return sum;
  }

  long weight(int index) {
    return weights[index];
  }

  private void pin() {
    for (int i = 0; i < sources.length; i++) {
      if (contains(i)) {
        source(i).pin();
      }
    }
  }

  private void unpin(long retired) {
    for (int i = 0; i < sources.length; i++) {
      if (contains(i)) {
        source(i).unpin((retired & 1L << i) != 0);
      }
    }
  }

  /** Bits of the members whose level is retired. */
  private long retired() {
    long retired = 0;
    for (int i = 0; i < sources.length; i++) {
      if (contains(i) && level(i).isRetired()) {
        retired |= 1L << i;
      }
    }
    return retired;
  }

  private void lockAll() {
    for (Turnstile next = next(-1); next != null; next = next(locked)) {
      next.lock();
      locked = next.order;
    }
  }

  private void unlockAll() {
    long last = locked;
    locked = -1;
    for (Turnstile next = next(-1); next != null && next.order <= last; next = next(next.order)) {
      next.unlock();
    }
  }

  /** The first turnstile after this one, in their order. */
  private @Nullable Turnstile next(long order) {
    Turnstile next = null;
    for (int i = 0; i < sources.length; i++) {
      if (contains(i)) {
        Turnstile turnstile = turnstile(i);
        if (turnstile.order > order && (next == null || turnstile.order < next.order)) {
          next = turnstile;
        }
      }
    }
    return next;
  }
}
