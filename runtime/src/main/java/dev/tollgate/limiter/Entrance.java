package dev.tollgate.limiter;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a turnstile, and who needn't wait for it.
 *
 * <p>Until {@link Level#emptyUntil} a request that can't or may not wait that long is refused
 * without the lock, for one volatile read and the clock.
 *
 * <p>What is done under the lock is shorter than parking, and shortest when others keep off its
 * cache line: so a thread that finds it taken comes back later, each time twice as late, before it
 * queues. Often whoever had it took what there was, and nothing is left to queue for. On two
 * threads this halves the price of a call.
 */
final class Entrance extends SettledLimits {
  private static final int SHORTEST_SPIN = 4;

  // Between what refusals read and the lock, whose state is written at each entry: on one line of
  // the processor's cache, each refusal would miss it.
  @SuppressWarnings("UnusedVariable")
  private long p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15, p16;

  private final ReentrantLock lock = new ReentrantLock();

  Entrance(Limits limits) {
    super(limits);
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Takes the lock and answers 0, or answers with a wait that means a refusal and leaves it. */
  long enter(Level level, long weight, long maxWaitNanos, long arrival) {
    long wait = certainWait(level, weight, maxWaitNanos, arrival);
    if (wait != 0 || lock.tryLock()) {
      return wait;
    }
    spin(SHORTEST_SPIN);
    wait = certainWait(level, weight, maxWaitNanos, arrival);
    for (int spins = 64; wait == 0 && spins <= 256; spins *= 2) {
      spin(spins);
      wait = certainWait(level, weight, maxWaitNanos, arrival);
      if (wait == 0 && lock.tryLock()) {
        return 0;
      }
    }
    if (wait == 0) {
      lock.lock();
    }
    return wait;
  }

  /**
   * The wait where a refusal is certain without the lock, or {@link Outcome#NEVER}, or 0. Never
   * what {@link Turnstile#take} would grant.
   */
  @SuppressWarnings("ReferenceEquality") // Whether it was changed at all.
  long certainWait(Level level, long weight, long maxWaitNanos, long arrival) {
    Limits current = settled;
    if (current == null || current.warmUpNanos() != 0) {
      return 0;
    }
    if (weight > current.capacity()) {
      return Outcome.NEVER;
    }
    long untilOne = level.emptyUntil(current) - arrival;
    if (untilOne <= 0) {
      return 0;
    }
    if (untilOne + current.rate().wholeNanosFor(weight - 1) <= maxWaitNanos) {
      return 0;
    }
    // More than nothing, whatever others did to the level in between.
    long wait = Math.max(untilOne, level.coveredAt(weight, current) - arrival);
    return settled == current ? Math.min(wait, Outcome.MAX_NANOS) : 0;
  }

  /** Under the lock: the levels no longer fit their limits, so everyone needs the lock. */
  void unsettle() {
    settled = null;
  }

  /** Under the lock: the levels fit {@code limits} now. */
  void settle(Limits limits) {
    settled = limits;
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }
}
