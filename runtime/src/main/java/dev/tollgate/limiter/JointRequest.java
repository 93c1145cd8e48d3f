package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request for tokens of several sources at one instant, or of none. Takes all their locks, in
 * the order of the turnstiles, looks whether each level covers its part, and takes from all or from
 * none. So there is no moment at which a part is reserved, and nobody can wait for each other.
 *
 * <p>Sources in mode {@code observe} are asked when the others have granted, and change nothing.
 * Worked on by one thread at a time.
 */
final class JointRequest {
  private final TokenSource[] sources;
  private final long[] weights;
  private final Ticker ticker;
  private final long arrival;
  private long maxWaitNanos = Waits.LONGEST;

  /** The longest wait if those that only observe were enforced, too. */
  private long observedWaitNanos = Waits.LONGEST;

  /** Bits of the sources that are enforced. */
  private long enforced;

  /** Bits of the sources that only observe. */
  private long observing;

  /** What may be given back, where it may; null where nobody asks for that. */
  private @Nullable List<Taken> taken;

  private long locked = -1;

  // What the last attempt found.
  private int slowest;
  private long waitedNanos;
  private boolean isFull;

  /** Where the watch is. A key may have another bucket, at another turnstile, by now. */
  private @Nullable List<Turnstile> watched;

  /**
   * @param maxWaitNanos the longest wait for each, negative for its own timeout
   * @throws IllegalArgumentException if a weight is negative
   */
  JointRequest(TokenSource[] sources, long[] weights, long[] maxWaitNanos) {
    if (sources.length > Long.SIZE) {
      throw new IllegalArgumentException(
          sources.length + " limits on one call; at most " + Long.SIZE + " are possible");
    }
    this.sources = sources;
    this.weights = weights;
    this.ticker = source(0).ticker();
    this.arrival = ticker.nanos();
    for (int i = 0; i < sources.length; i++) {
      LocalSource.checkWeight(weights[i]);
    }
    for (int i = 0; i < sources.length; i++) {
      LimiterSettings settings = source(i).settings();
      if (weights[i] == 0 || settings.mode() == LimiterMode.OFF) {
        continue;
      }
      long longest = settings.maxWait(maxWaitNanos[i]);
      observedWaitNanos = Math.min(observedWaitNanos, longest);
      if (settings.mode() == LimiterMode.OBSERVE) {
        observing |= 1L << i;
      } else {
        enforced |= 1L << i;
        this.maxWaitNanos = Math.min(this.maxWaitNanos, longest);
      }
    }
  }

  /**
   * Takes all if all is there, and answers 0; or answers with the nanoseconds until it could be, or
   * {@link Outcome#NEVER}. Nothing is counted but what is granted.
   *
   * @param watch added to each turnstile if the tokens aren't there
   */
  long attempt(@Nullable Watch watch) {
    if (enforced == 0) {
      observe();
      return 0;
    }
    if (watch != null) {
      waitedNanos = Math.max(0, ticker.nanos() - arrival);
    }
    while (true) {
      long retired = 0;
      for (int i = 0; i < sources.length; i++) {
        if (isEnforced(i)) {
          source(i).pin();
        }
      }
      try {
        // Who watches must have been under the locks, or it isn't seen there.
        long wait = watch == null ? certainWait() : 0;
        if (wait == 0) {
          try {
            lockAll();
            retired = retired();
            wait = retired == 0 ? takeAll(watch) : Outcome.RETIRED;
          } finally {
            unlockAll();
          }
        }
        if (wait != Outcome.RETIRED) {
          if (wait == 0) {
            observe();
          }
          return wait;
        }
      } finally {
        for (int i = 0; i < sources.length; i++) {
          if (isEnforced(i)) {
            source(i).unpin((retired & 1L << i) != 0);
          }
        }
      }
    }
  }

  /** Whether a wait that {@link #attempt} found is too long, or no more calls may wait. */
  boolean isHopeless(long wait) {
    return wait == Outcome.NEVER || waitedNanos + wait > maxWaitNanos;
  }

  /** Whether the last attempt with a watch found that no more calls may wait. */
  boolean isFull() {
    return isFull;
  }

  /** How long it had waited at the last attempt. */
  long waitedNanos() {
    return waitedNanos;
  }

  /** Counts a refusal where the wait is longest. */
  long reject(long wait) {
    LocalSource refusing = source(slowest);
    refusing.pin();
    try {
      return refusing.turnstile().reject(wait);
    } finally {
      refusing.unpin(false);
    }
  }

  /** Has what is granted remembered, for {@link #refund}. */
  JointRequest refundable() {
    taken = new ArrayList<>(sources.length);
    return this;
  }

  /** Gives back what the last attempt took. */
  void refund() {
    if (taken != null) {
      for (Taken each : taken) {
        each.turnstile.refund(each.grant);
      }
    }
  }

  /** Takes {@code watch} away from where {@link #attempt} has added it. */
  void stopWatching(Watch watch) {
    if (watched != null) {
      for (Turnstile turnstile : watched) {
        turnstile.removeWatch(watch);
      }
      watched.clear();
    }
  }

  Ticker ticker() {
    return ticker;
  }

  private long certainWait() {
    for (int i = 0; i < sources.length; i++) {
      if (isEnforced(i)) {
        LocalSource source = source(i);
        long left = maxWaitNanos - waitedNanos;
        long wait =
            source.turnstile().certainWait(source.level(), weights[i], left, arrival + waitedNanos);
        if (wait != 0) {
          slowest = i;
          return wait;
        }
      }
    }
    return 0;
  }

  private long takeAll(@Nullable Watch watch) {
    long now = ticker.nanos();
    waitedNanos = Math.max(0, now - arrival);
    long longest = 0;
    for (int i = 0; i < sources.length; i++) {
      // Its mode may have changed since the call came.
      if (!isEnforced(i) || !source(i).turnstile().isEnforced()) {
        continue;
      }
      long wait = source(i).turnstile().waitFor(source(i).level(), weightAtLevelOf(i), now);
      if (wait == Outcome.NEVER || wait > longest) {
        slowest = i;
        longest = wait;
      }
      if (wait == Outcome.NEVER) {
        break;
      }
    }
    if (longest == 0) {
      grantAll(now);
    } else if (watch != null) {
      addToAll(watch);
    }
    return longest;
  }

  private void grantAll(long now) {
    for (int i = 0; i < sources.length; i++) {
      if (!isEnforced(i)) {
        continue;
      }
      Turnstile turnstile = source(i).turnstile();
      if (turnstile.isEnforced()) {
        Level level = source(i).level();
        if (taken != null) {
          taken.add(new Taken(turnstile, turnstile.grantOf(level, weights[i], now)));
        }
        turnstile.grant(level, weights[i], waitedNanos, now);
      } else {
        turnstile.letGo(waitedNanos);
      }
    }
  }

  private void addToAll(Watch watch) {
    isFull = false;
    if (watched == null) {
      watched = new ArrayList<>(sources.length);
    }
    for (int i = 0; i < sources.length; i++) {
      if (isEnforced(i) && isFirstOfItsLevel(i)) {
        Turnstile turnstile = source(i).turnstile();
        if (!turnstile.hasRoom(source(i).level())) {
          slowest = i;
          isFull = true;
        }
        watched.add(turnstile);
        turnstile.addWatch(watch, source(i).level());
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Levels are places, not values.
  private boolean isFirstOfItsLevel(int index) {
    for (int i = 0; i < index; i++) {
      if (isEnforced(i) && source(i).level() == source(index).level()) {
        return false;
      }
    }
    return true;
  }

  /** Of all sources that are the same level as this one. */
  @SuppressWarnings("ReferenceEquality") // Levels are places, not values.
  private long weightAtLevelOf(int index) {
    Level level = source(index).level();
    long sum = 0;
    for (int i = 0; i < sources.length; i++) {
      if (isEnforced(i) && source(i).level() == level) {
        // Beyond a long it is beyond any capacity.
        sum = sum + weights[i] < 0 ? Long.MAX_VALUE : sum + weights[i];
      }
    }
    return sum;
  }

  /** Bits of the sources whose level is retired. */
  private long retired() {
    long retired = 0;
    for (int i = 0; i < sources.length; i++) {
      if (isEnforced(i) && source(i).level().isRetired()) {
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
      if (isEnforced(i)) {
        Turnstile turnstile = source(i).turnstile();
        if (turnstile.order > order && (next == null || turnstile.order < next.order)) {
          next = turnstile;
        }
      }
    }
    return next;
  }

  private void observe() {
    for (int i = 0; i < sources.length; i++) {
      if ((observing & 1L << i) != 0) {
        sources[i].take(weights[i], observedWaitNanos);
      }
    }
  }

  private boolean isEnforced(int index) {
    return (enforced & 1L << index) != 0;
  }

  private LocalSource source(int index) {
    return (LocalSource) sources[index];
  }

  /** Tokens that were taken at one of the turnstiles. */
  private record Taken(Turnstile turnstile, Grant grant) {}
}
