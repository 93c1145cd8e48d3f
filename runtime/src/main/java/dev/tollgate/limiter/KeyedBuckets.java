package dev.tollgate.limiter;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bucket for each key, made at its first call and forgotten only when it is full again: the next
 * call of that key makes the same one, so forgetting changes nothing. There is no timer: each new
 * key looks at a few others and forgets those that are full.
 *
 * <p>Past {@code maxKeys}, keys without a bucket share one. To throw an unfinished bucket out would
 * let its key begin again with a full one. A key may leave the shared bucket for one of its own
 * only when that is full and nobody is about to take from it, for the same reason: it may be this
 * key that took from it.
 *
 * <p>The keys' buckets hold two words each; the lock and the counters are those of a few turnstiles
 * that the keys are spread over.
 */
final class KeyedBuckets {
  private static final int TURNSTILES = 16;

  /** More than one new key, so that forgetting outruns remembering. */
  private static final int LOOKED_AT_BY_A_NEW_KEY = 4;

  private final Limits limits;
  private final int maxKeys;
  private final Ticker ticker;
  private final Turnstile[] turnstiles = new Turnstile[TURNSTILES];
  private final ConcurrentHashMap<Object, KeyBucket> buckets = new ConcurrentHashMap<>();
  private final KeyBucket shared;
  private final Turnstile sharedTurnstile;

  /** Who finds no bucket of its key decides under this what it is to do. */
  private final ReentrantLock newcomers = new ReentrantLock();

  // Under the lock of newcomers.
  private Iterator<Map.Entry<Object, KeyBucket>> sweep = buckets.entrySet().iterator();
  private boolean sharedIsTouched;
  private int sharing;

  /**
   * @throws IllegalArgumentException if a bucket of this kind takes more than 73 years to fill
   */
  KeyedBuckets(RateLimitConfig config, int maxKeys, Ticker ticker) {
    this.limits = Limits.of(config);
    if (!KeyBucket.canHold(limits)) {
      throw new IllegalArgumentException(
          "capacity is "
              + config.capacity()
              + ", which takes more than 73 years to refill; a key's bucket must refill sooner");
    }
    this.maxKeys = maxKeys;
    this.ticker = ticker;
    for (int i = 0; i < TURNSTILES; i++) {
      turnstiles[i] = new Turnstile(limits, ticker);
    }
    this.shared = new KeyBucket(limits, ticker.nanos());
    this.sharedTurnstile = new Turnstile(limits, ticker);
  }

  /**
   * {@link TokenBucket#take} of the key's bucket. The key must not change, and is kept as long as
   * its bucket is not full.
   */
  long take(Object key, long weight, long maxWaitNanos) {
    if (weight == 0) {
      return 0;
    }
    Turnstile turnstile = turnstileOf(key);
    while (true) {
      KeyBucket bucket = buckets.get(key);
      if (bucket == null) {
        bucket = newcomer(key);
      }
      if (bucket == null) {
        return takeShared(weight, maxWaitNanos);
      }
      long outcome = turnstile.take(bucket, weight, maxWaitNanos);
      if (outcome != Outcome.RETIRED) {
        return outcome;
      }
      buckets.remove(key, bucket);
    }
  }

  /** How many keys have a bucket of their own. */
  int size() {
    return buckets.size();
  }

  /** A bucket of its own for a key that has none; or null, and it is counted as sharing. */
  private @Nullable KeyBucket newcomer(Object key) {
    newcomers.lock();
    try {
      KeyBucket bucket = buckets.get(key);
      if (bucket != null) {
        return bucket;
      }
      sweep();
      if (buckets.size() < maxKeys && nobodyShares()) {
        bucket = new KeyBucket(limits, ticker.nanos());
        buckets.put(key, bucket);
        return bucket;
      }
      sharedIsTouched = true;
      sharing++;
      return null;
    } finally {
      newcomers.unlock();
    }
  }

  private long takeShared(long weight, long maxWaitNanos) {
    try {
      return sharedTurnstile.take(shared, weight, maxWaitNanos);
    } finally {
      noLongerShares();
    }
  }

  private void noLongerShares() {
    newcomers.lock();
    try {
      sharing--;
    } finally {
      newcomers.unlock();
    }
  }

  private boolean nobodyShares() {
    if (sharedIsTouched && sharing == 0) {
      sharedIsTouched = sharedTurnstile.retryAfterNanos(shared, limits.capacity()) != 0;
    }
    return !sharedIsTouched;
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
      if (turnstileOf(entry.getKey()).retireIfFull(entry.getValue())) {
        buckets.remove(entry.getKey(), entry.getValue());
      }
    }
  }

  private Turnstile turnstileOf(Object key) {
    int hash = key.hashCode();
    return turnstiles[(hash ^ hash >>> 16) & (TURNSTILES - 1)];
  }
}
