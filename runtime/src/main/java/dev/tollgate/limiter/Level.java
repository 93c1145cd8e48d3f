package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * How many tokens one bucket holds, and who waits for some: what a {@link Turnstile} decides by.
 * All but {@link #emptyUntil} is called under the turnstile's lock. Below zero, a level is what
 * those who wait are owed.
 */
abstract class Level {
  /** Marks a level as retired, where a flag of its own would make each key's larger. */
  private static final Queue RETIRED = new Queue();

  /** Null as long as nobody has waited. */
  private @Nullable Queue queue;

  private BucketTime time;

  /** Goes by the time of a level which nobody has asked for anything. */
  Level(Limits limits) {
    time = BucketTime.of(limits);
  }

  /**
   * A moment before which not one token is there, whoever asks. Read without the lock: what it says
   * may be too early, never too late.
   */
  abstract long emptyUntil(Limits limits);

  /**
   * The moment when {@code weight} tokens are there, of a level that {@link #emptyUntil} says is
   * empty. Read without the lock: it may be a nanosecond too late, never too early.
   */
  abstract long coveredAt(long weight, Limits limits);

  /**
   * Nanoseconds from {@code now} until the level covers {@code weight}, 0 if it does; or {@link
   * Outcome#NEVER}. Adds first what time has brought; a clock that seems to go back brings nothing.
   */
  abstract long waitFor(long weight, long now, Limits limits);

  /** Takes {@code weight} tokens that are there. */
  abstract void spend(long weight, Limits limits);

  /** Takes {@code weight} tokens that are not all there yet. */
  abstract void owe(long weight, Limits limits);

  /** The moment, rounded up, when nothing is owed any more. */
  abstract long paidAt(Limits limits);

  /**
   * Drops what the level will be above zero at {@link #paidAt}. To be called when a call of the
   * whole capacity is promised that moment: before it the bucket is full then, and a full bucket
   * doesn't keep what the rest of that nanosecond brought.
   *
   * @return what {@link #restore} needs to bring it back
   */
  abstract long clip(Limits limits);

  /**
   * Undoes {@link #owe} and {@link #clip}.
   *
   * @param clipped parts, at most as many as two tokens have; fewer than none, down to less than a
   *     token, where more are owed
   */
  abstract void restore(long weight, long clipped, Limits limits);

  /**
   * Takes {@code weight} tokens back that were granted and never used, as many as there is room
   * for. Nobody is owed anything.
   */
  abstract void refund(long weight, Limits limits);

  /**
   * Takes back what is on lease. To be called before the clock is read, so that whatever was taken
   * until then is gone as of then.
   */
  abstract void recall();

  /**
   * The moment from which on time brings tokens that are nobody's: in the past, or the end of a
   * pause, or of a debt for which nobody waits.
   */
  abstract long begins(long now, Limits limits);

  /** Is empty from now on, and gains nothing before {@code moment}. Nobody is owed anything. */
  abstract void beginAt(long moment, Limits limits);

  /**
   * Ends a pause: is empty from {@code now} on, or owes what it was charged with since the pause
   * began. Nobody waits.
   *
   * @param end of the pause, after {@code now}
   */
  abstract void resume(long end, long now, Limits limits);

  /**
   * Keeps the share of a full bucket that it has under {@code from}, under {@code to}, and goes on
   * from {@code newNow}, which is {@code now} by the clock of {@code to}. Nothing is on lease, and
   * nobody is owed anything.
   */
  abstract void rescale(Limits from, Limits to, long now, long newNow);

  /** Whole tokens that are there at {@code now}, 0 or more. */
  abstract long available(long now, Limits limits);

  /** Is full at {@code now}, with {@code limits}. Nobody waits. */
  abstract void fill(Limits limits, long now);

  /** Calls that took their token without asking the turnstile. */
  abstract long admittedWithoutTurnstile();

  final BucketTime time() {
    return time;
  }

  final void time(BucketTime changed) {
    time = changed;
  }

  /** From now on nobody gets anything here: another level has taken over. */
  final void retire() {
    queue = RETIRED;
  }

  @SuppressWarnings("ReferenceEquality") // The one object is the mark.
  boolean isRetired() {
    return queue == RETIRED;
  }

  /** Who waits for some of its tokens. */
  final Queue queue() {
    if (queue == null) {
      queue = new Queue();
    }
    return queue;
  }

  final int waiting() {
    return queue == null ? 0 : queue.size();
  }

  /** Whether there are any whose moments nobody knows exactly. */
  final boolean hasBacklog() {
    return queue != null && queue.hasBacklog();
  }
}
