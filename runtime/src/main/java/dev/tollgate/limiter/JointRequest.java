package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request for tokens of several sources at one instant, or of none: looks under all their
 * locks, and takes of all or of none. So there is no moment at which a part is reserved, and nobody
 * can wait for each other.
 *
 * <p>One look answers all that is asked of a refusal: which source refuses, after how long it could
 * be granted, and where it is counted. Without all locks there would be several answers, each true
 * at another moment.
 *
 * <p>Sources in mode {@code observe} are asked when the others have granted, and change nothing.
 * Worked on by one thread at a time.
 */
final class JointRequest {
  private final JointSources enforced;
  private final JointObservation observation;
  private final Ticker ticker;
  private final long arrival;
  private final long maxWaitNanos;

  /** What may be given back, where it may; null where nobody asks for that. */
  private @Nullable List<Taken> taken;

  // What the last attempt found.
  private long wait;
  private int refusing;
  private long refusedWeight;
  private @Nullable Turnstile refusingTurnstile;
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
    this.ticker = ((LocalSource) sources[0]).ticker();
    this.arrival = ticker.nanos();
    for (long weight : weights) {
      LocalSource.checkWeight(weight);
    }
    long enforcing = 0;
    long observing = 0;
    long longest = Waits.LONGEST;
    long longestIfEnforced = Waits.LONGEST;
    for (int i = 0; i < sources.length; i++) {
      LimiterSettings settings = ((LocalSource) sources[i]).settings();
      if (weights[i] == 0 || settings.mode() == LimiterMode.OFF) {
        continue;
      }
      long longestHere = settings.maxWait(maxWaitNanos[i]);
      longestIfEnforced = Math.min(longestIfEnforced, longestHere);
      if (settings.mode() == LimiterMode.OBSERVE) {
        observing |= 1L << i;
      } else {
        enforcing |= 1L << i;
        longest = Math.min(longest, longestHere);
      }
    }
    this.maxWaitNanos = longest;
    this.enforced = new JointSources(sources, weights, enforcing);
    this.observation =
        new JointObservation(
            new JointSources(sources, weights, observing), ticker, longestIfEnforced);
  }

  /**
   * Takes all if all is there, and says whether it did. If it didn't, {@link #waitNanos}, {@link
   * #isHopeless} and {@link #reject} are of this look. Nothing is counted but what is granted.
   *
   * @param watch added to each turnstile if the tokens aren't there
   */
  boolean attempt(@Nullable Watch watch) {
    wait = 0;
    if (!enforced.isEmpty()) {
      enforced.lock();
      try {
        long now = ticker.nanos();
        waitedNanos = Math.max(0, now - arrival);
        wait = enforced.longestWait(now, true);
        if (wait == 0) {
          grantAll(now);
        } else {
          refusing = enforced.slowest();
          refusedWeight = enforced.weightAtLevelOf(refusing);
          refusingTurnstile = enforced.turnstile(refusing);
          if (watch != null) {
            addToAll(watch);
          }
        }
      } finally {
        enforced.unlock();
      }
    }
    if (wait == 0) {
      observation.count(waitedNanos);
    }
    return wait == 0;
  }

  /** Nanoseconds until all could be taken, or {@link Outcome#NEVER}. */
  long waitNanos() {
    return wait;
  }

  /** Whether the wait is too long. */
  boolean isHopeless() {
    return Ledger.isHopeless(wait, maxWaitNanos - waitedNanos);
  }

  /** Whether an attempt with a watch found that no more calls may wait. */
  boolean isFull() {
    return isFull;
  }

  /** How long it had waited. */
  long waitedNanos() {
    return waitedNanos;
  }

  /** What the refusal would be; nothing is counted. */
  JointOutcome refusal() {
    return new JointOutcome(Ledger.refusal(wait), refusing, refusedWeight);
  }

  /** Counts a refusal where the wait is longest. */
  JointOutcome reject() {
    Turnstile turnstile = refusingTurnstile;
    if (turnstile != null) {
      turnstile.reject(wait);
    }
    return refusal();
  }

  /** Has what is granted remembered, for {@link #refund}. */
  JointRequest refundable() {
    taken = new ArrayList<>(enforced.length());
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

  private void grantAll(long now) {
    for (int i = 0; i < enforced.length(); i++) {
      if (!enforced.contains(i)) {
        continue;
      }
      Turnstile turnstile = enforced.turnstile(i);
      if (turnstile.isEnforced()) {
        Level level = enforced.level(i);
        long weight = enforced.weight(i);
        if (taken != null) {
          taken.add(new Taken(turnstile, turnstile.grantOf(level, weight, now)));
        }
        turnstile.grant(level, weight, waitedNanos, now);
      } else {
        turnstile.letGo(waitedNanos);
      }
    }
  }

  private void addToAll(Watch watch) {
    isFull = false;
    if (watched == null) {
      watched = new ArrayList<>(enforced.length());
    }
    for (int i = 0; i < enforced.length(); i++) {
      if (enforced.contains(i) && enforced.isFirstOfItsLevel(i)) {
        Turnstile turnstile = enforced.turnstile(i);
        isFull |= !turnstile.hasRoom(enforced.level(i));
        watched.add(turnstile);
        turnstile.addWatch(watch, enforced.level(i));
      }
    }
  }

  /** Tokens that were taken at one of the turnstiles. */
  private record Taken(Turnstile turnstile, Grant grant) {}
}
