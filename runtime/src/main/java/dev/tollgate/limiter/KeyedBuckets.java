package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bucket for each key, made at its first call and forgotten only when it is full again, or cold
 * where the limiter warms up: the next call of that key makes the same one, so forgetting changes
 * nothing. There is no timer: each new key looks at a few others and forgets those that are so.
 *
 * <p>Past {@code maxKeys}, keys without a bucket share one. To throw an unfinished bucket out would
 * let its key begin again with a full one. For the same reason a key leaves the shared bucket for
 * one of its own with no more than is left in that, which is what it has itself, if nobody but it
 * has taken from it; it can't have less. Others' debt is not its own: all that it was granted there
 * is paid. That holds while no call of this key is under way at the shared bucket; until then it
 * stays.
 *
 * <p>The keys' buckets hold two words each; the lock and the counters are those of a few turnstiles
 * that the keys are spread over.
 */
final class KeyedBuckets {
  private static final int TURNSTILES = 16;

  /** More than one new key, so that forgetting outruns remembering. */
  private static final int LOOKED_AT_BY_A_NEW_KEY = 4;

  private static final Request TAKE = Turnstile::take;
  private static final Request TAKE_IF_THERE =
      (turnstile, level, weight, maxWaitNanos) -> turnstile.takeIfThere(level, weight);
  private static final Request CHARGE = Turnstile::charge;
  private static final Request RETRY_AFTER =
      (turnstile, level, weight, maxWaitNanos) -> turnstile.retryAfterNanos(level, weight);

  private final Ticker ticker;
  private final Turnstile[] turnstiles = new Turnstile[TURNSTILES];
  private final ConcurrentHashMap<Object, KeyBucket> buckets = new ConcurrentHashMap<>();

  /** As that of a key which nobody has asked for: what a new one begins as. At no turnstile. */
  private final KeyBucket untouched;

  private final KeyBucket shared;
  private final Turnstile sharedTurnstile;

  /** Who finds no bucket of its key decides under this what it is to do. */
  private final ReentrantLock newcomers = new ReentrantLock();

  // Under the lock of newcomers.
  private Limits limits;
  private int maxKeys;
  private Iterator<Map.Entry<Object, KeyBucket>> sweep = buckets.entrySet().iterator();
  private boolean sharedIsTouched;

  /** How many calls of a key are under way at the shared bucket. */
  private final Map<Object, Integer> sharing = new HashMap<>();

  /**
   * @throws IllegalArgumentException if a bucket of this kind takes more than 73 years to fill
   */
  KeyedBuckets(RateLimitConfig config, int maxKeys, Ticker ticker) {
    this.limits = limits(config);
    this.maxKeys = maxKeys;
    this.ticker = ticker;
    for (int i = 0; i < TURNSTILES; i++) {
      turnstiles[i] = new Turnstile(limits, ticker);
    }
    long now = ticker.nanos();
    this.untouched = new KeyBucket(limits, now);
    this.shared = new KeyBucket(limits, now);
    this.sharedTurnstile = new Turnstile(limits, ticker);
    if (config.mode() != LimiterMode.ENFORCE) {
      enforce(false);
    }
  }

  /**
   * {@link TokenBucket#take} of the key's bucket. The key must not change, and is kept as long as
   * its bucket is not full.
   */
  long take(Object key, long weight, long maxWaitNanos) {
    return ask(TAKE, key, weight, maxWaitNanos);
  }

  /** {@link TokenSource#takeIfThere}. */
  long takeIfThere(Object key, long weight) {
    return ask(TAKE_IF_THERE, key, weight, 0);
  }

  /** {@link TokenBucket#charge}. */
  long charge(Object key, long weight, long maxWaitNanos) {
    return ask(CHARGE, key, weight, maxWaitNanos);
  }

  /** {@link TokenSource#retryAfterNanos}. */
  long retryAfterNanos(Object key, long weight) {
    return ask(RETRY_AFTER, key, weight, 0);
  }

  /** {@link TokenSource#takeLater}. */
  CompletableFuture<Long> takeLater(Object key, long weight, long maxWaitNanos) {
    if (weight == 0) {
      return CompletableFuture.completedFuture(0L);
    }
    while (true) {
      KeyBucket bucket = pin(key);
      CompletableFuture<Long> outcome =
          turnstileOf(key, bucket).takeLater(bucket, weight, maxWaitNanos);
      if (bucket == shared) {
        // Until then it may be taken out of its queue, and come again.
        CompletableFuture<Long> unused =
            outcome.whenComplete((answer, failure) -> unpin(key, bucket));
      }
      if (!outcome.isDone()
          || outcome.isCompletedExceptionally()
          || outcome.join() != Outcome.RETIRED) {
        return outcome;
      }
      forget(key, bucket);
    }
  }

  /**
   * @throws IllegalArgumentException if {@link #change} would
   */
  static void check(RateLimitConfig config) {
    limits(config);
  }

  /**
   * Gives every key other limits; each keeps its share of a full bucket.
   *
   * @throws IllegalArgumentException as the constructor; nothing is changed then
   */
  void change(RateLimitConfig config) {
    Limits changed = limits(config);
    newcomers.lock();
    try {
      long now = ticker.nanos();
      long begins = untouched.begins(now, limits);
      untouched.rescale(limits, changed, now, now);
      if (begins - now > 0) {
        untouched.beginAt(begins, changed);
      }
      limits = changed;
      maxKeys = config.maxKeys();
      for (Turnstile turnstile : turnstiles) {
        turnstile.change(bucketsAt(turnstile), changed);
      }
      sharedTurnstile.change(List.of(shared), changed);
    } finally {
      newcomers.unlock();
    }
  }

  /** {@link LimiterBucket#enforce}, of all keys, those to come as well. */
  void enforce(boolean enforced) {
    newcomers.lock();
    try {
      for (Turnstile turnstile : turnstiles) {
        turnstile.enforce(bucketsAt(turnstile), enforced);
      }
      sharedTurnstile.enforce(List.of(shared), enforced);
    } finally {
      newcomers.unlock();
    }
  }

  /** {@link RateLimiter#pauseFor}, of all keys, those to come as well. */
  void pauseFor(long nanos) {
    newcomers.lock();
    try {
      for (Turnstile turnstile : turnstiles) {
        turnstile.pause(bucketsAt(turnstile), nanos);
      }
      sharedTurnstile.pause(List.of(shared), nanos);
      if (nanos > 0) {
        untouched.beginAt(ticker.nanos() + nanos, limits);
      }
    } finally {
      newcomers.unlock();
    }
  }

  /**
   * {@link RateLimiter#resume}, of all keys, those to come as well; the pause ends at {@code end}.
   */
  void resume(long end) {
    newcomers.lock();
    try {
      for (Turnstile turnstile : turnstiles) {
        turnstile.resume(bucketsAt(turnstile), end);
      }
      sharedTurnstile.resume(List.of(shared), end);
      long now = ticker.nanos();
      if (end - now > 0) {
        untouched.resume(end, now, limits);
      }
    } finally {
      newcomers.unlock();
    }
  }

  /** As after a pause that has ended, or will end, at {@code moment}. Before the first call. */
  void beginAt(long moment) {
    untouched.beginAt(moment, limits);
    shared.beginAt(moment, limits);
  }

  /** Adds the counters of all keys to {@code sum}. */
  void addTo(TallySum sum) {
    for (Turnstile turnstile : turnstiles) {
      turnstile.addTo(sum, shared);
    }
    sharedTurnstile.addTo(sum, shared);
  }

  /**
   * The key's bucket, or the one that it shares. It is asked at {@link #turnstileOf}, then given
   * back to {@link #unpin}; where it turns out to be retired, to {@link #forget}, and pinned again.
   */
  KeyBucket pin(Object key) {
    KeyBucket bucket = buckets.get(key);
    return bucket != null ? bucket : newcomer(key);
  }

  void unpin(Object key, KeyBucket bucket) {
    if (bucket == shared) {
      newcomers.lock();
      try {
        sharing.computeIfPresent(key, (same, calls) -> calls == 1 ? null : calls - 1);
      } finally {
        newcomers.unlock();
      }
    }
  }

  void forget(Object key, KeyBucket retired) {
    buckets.remove(key, retired);
  }

  Turnstile turnstileOf(Object key, KeyBucket bucket) {
    return bucket == shared ? sharedTurnstile : turnstileOf(key);
  }

  /** How many keys have a bucket of their own. */
  int size() {
    return buckets.size();
  }

  private long ask(Request request, Object key, long weight, long maxWaitNanos) {
    if (weight == 0) {
      return 0;
    }
    while (true) {
      KeyBucket bucket = pin(key);
      long outcome;
      try {
        outcome = request.of(turnstileOf(key, bucket), bucket, weight, maxWaitNanos);
      } finally {
        unpin(key, bucket);
      }
      if (outcome != Outcome.RETIRED) {
        return outcome;
      }
      forget(key, bucket);
    }
  }

  /** A bucket of its own for a key that has none; or the shared one, and it is counted there. */
  private KeyBucket newcomer(Object key) {
    newcomers.lock();
    try {
      KeyBucket bucket = buckets.get(key);
      if (bucket != null) {
        return bucket;
      }
      sweep();
      if (buckets.size() < maxKeys && !sharing.containsKey(key)) {
        bucket = ofItsOwn();
        buckets.put(key, bucket);
        return bucket;
      }
      sharedIsTouched = true;
      sharing.merge(key, 1, Integer::sum);
      return shared;
    } finally {
      newcomers.unlock();
    }
  }

  private List<KeyBucket> bucketsAt(Turnstile turnstile) {
    List<KeyBucket> found = new ArrayList<>();
    for (Map.Entry<Object, KeyBucket> entry : buckets.entrySet()) {
      if (turnstileOf(entry.getKey()) == turnstile) {
        found.add(entry.getValue());
      }
    }
    return found;
  }

  private static Limits limits(RateLimitConfig config) {
    Limits limits = Limits.of(config);
    if (!KeyBucket.canHold(limits)) {
      throw new IllegalArgumentException(
          "capacity is "
              + config.capacity()
              + ", which takes more than 73 years to refill; a key's bucket must refill sooner");
    }
    return limits;
  }

  /** For a key that may have taken all that is missing in the shared bucket. */
  private KeyBucket ofItsOwn() {
    if (!sharedIsTouched) {
      return new KeyBucket(untouched, limits);
    }
    long untilFull =
        sharedTurnstile.isAsNew(shared)
            ? 0
            : sharedTurnstile.retryAfterNanos(shared, limits.capacity());
    if (untilFull == 0) {
      sharedIsTouched = !sharing.isEmpty();
      return new KeyBucket(untouched, limits);
    }
    // Read last, so that it isn't full too early.
    long now = ticker.nanos();
    long fromNothing =
        untouched.begins(now, limits) - now + limits.rate().nanosFor(limits.capacity(), 0);
    return new KeyBucket(limits, now + Math.min(untilFull, fromNothing));
  }

  private void sweep() {
    for (int i = 0; i < LOOKED_AT_BY_A_NEW_KEY; i++) {
      if (!sweep.hasNext()) {
        sweep = buckets.entrySet().iterator();
        if (!sweep.hasNext()) {
          return;
        }
      }
      Map.Entry<Object, KeyBucket> entry = sweep.next();
      if (turnstileOf(entry.getKey()).retireIfAsNew(entry.getValue())) {
        buckets.remove(entry.getKey(), entry.getValue());
      }
    }
  }

  private Turnstile turnstileOf(Object key) {
    int hash = key.hashCode();
    return turnstiles[(hash ^ hash >>> 16) & (TURNSTILES - 1)];
  }

  /** One of the questions that a turnstile answers. */
  private interface Request {
    long of(Turnstile turnstile, Level level, long weight, long maxWaitNanos);
  }
}
