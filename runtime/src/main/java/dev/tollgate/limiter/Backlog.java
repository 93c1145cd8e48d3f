package dev.tollgate.limiter;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Those of a level's line who are too far from its head for anyone to need their exact moments, in
 * their order: what they owe is kept as one sum, so that whoever leaves, here or before them, costs
 * no look at each. A {@link Waiter#due} of theirs may be too late, never too early. Under the
 * turnstile's lock.
 *
 * <p>Tokens are a sum, whoever leaves. What {@link Level#clip} took isn't: it rounds what is owed
 * up to whole nanoseconds, so it depends on what is owed before. But behind it what is owed is
 * whole nanoseconds in any case: of all who are behind the one that leaves, only the first that
 * clips clips otherwise than before.
 */
final class Backlog {
  private static final Comparator<Waiter> IN_ORDER = Comparator.comparingLong(each -> each.place);

  private final TreeSet<Waiter> waiters = new TreeSet<>(IN_ORDER);

  /** Those among them that wait for the whole capacity, and so clip. */
  private final TreeSet<Waiter> clipping = new TreeSet<>(IN_ORDER);

  /** What they owe: whole tokens, and parts of one, less than one. */
  private long tokens;

  private long parts;

  private long lastPlace;

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  int size() {
    return waiters.size();
  }

  /** At the end. Its level owes it already. */
  void add(Waiter waiter, Limits limits) {
    waiter.place = ++lastPlace;
    waiters.add(waiter);
    if (waiter.weight == limits.capacity()) {
      clipping.add(waiter);
    }
    owe(waiter.weight, waiter.clipped, limits);
  }

  /** Whether anyone is behind one that was here. */
  boolean hasBehind(Waiter waiter) {
    return waiters.higher(waiter) != null;
  }

  Waiter first() {
    return waiters.first();
  }

  /** Takes one out as if it had never come, if it is here; says whether it was. */
  boolean leave(Level level, Waiter leaving, Limits limits) {
    if (!remove(leaving, limits)) {
      return false;
    }
    level.restore(leaving.weight, leaving.clipped, limits);
    clipAgain(level, clipping.higher(leaving), leaving.weight, leaving.clipped, limits);
    return true;
  }

  /** Those before all of these owe so many tokens and parts less than before. */
  void moveUp(Level level, long tokensLess, long partsLess, Limits limits) {
    if (!clipping.isEmpty()) {
      clipAgain(level, clipping.first(), tokensLess, partsLess, limits);
    }
  }

  /** Until {@link #putBack} the level owes these nothing. */
  void takeOut(Level level, Limits limits) {
    level.restore(tokens, parts, limits);
  }

  void putBack(Level level, Limits limits) {
    level.owe(tokens, limits);
    level.restore(0, -parts, limits);
  }

  /** Takes all out, after {@link #takeOut}, and adds them to the end of {@code queue}. */
  void drainTo(ArrayDeque<Waiter> queue) {
    queue.addAll(waiters);
    waiters.clear();
    clipping.clear();
    tokens = 0;
    parts = 0;
  }

  /** Takes one out, whose tokens stay taken; says whether it was here. */
  boolean remove(Waiter waiter, Limits limits) {
    if (!waiters.remove(waiter)) {
      return false;
    }
    clipping.remove(waiter);
    owe(-waiter.weight, -waiter.clipped, limits);
    return true;
  }

  private void clipAgain(
      Level level, @Nullable Waiter next, long tokensLess, long partsLess, Limits limits) {
    if (next != null) {
      long before = next.clipped;
      next.clipped = limits.rate().restOf(tokensLess, before + partsLess);
      level.restore(0, before - next.clipped, limits);
      owe(0, next.clipped - before, limits);
    }
  }

  private void owe(long moreTokens, long moreParts, Limits limits) {
    long period = limits.rate().periodNanos();
    tokens += moreTokens + Math.floorDiv(parts + moreParts, period);
    parts = Math.floorMod(parts + moreParts, period);
  }
}
