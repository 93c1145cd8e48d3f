package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A limiter's bucket for one key. Made for one call. */
final class KeySource extends LocalSource {
  private final LocalCore limiter;
  private final KeyedBuckets buckets;
  private final Object key;
  private @Nullable KeyBucket pinned;

  /** One request may name it several times. */
  private int pins;

  KeySource(LocalCore limiter, KeyedBuckets buckets, Object key) {
    this.limiter = limiter;
    this.buckets = buckets;
    this.key = key;
  }

  @Override
  public long retryAfterNanos(long weight) {
    checkWeight(weight);
    return buckets.retryAfterNanos(key, weight);
  }

  @Override
  LimiterSettings settings() {
    return limiter.settings();
  }

  @Override
  Ticker ticker() {
    return limiter.ticker();
  }

  @Override
  long enforce(long weight, long maxWaitNanos) {
    return buckets.take(key, weight, maxWaitNanos);
  }

  @Override
  long enforceIfThere(long weight) {
    return buckets.takeIfThere(key, weight);
  }

  @Override
  CompletableFuture<Long> enforceLater(long weight, long maxWaitNanos) {
    return buckets.takeLater(key, weight, maxWaitNanos);
  }

  @Override
  void observe(long weight, long maxWaitNanos) {
    buckets.charge(key, weight, maxWaitNanos);
  }

  @Override
  void pin() {
    if (pins == 0) {
      pinned = buckets.pin(key);
    }
    pins++;
  }

  @Override
  void unpin(boolean retired) {
    pins--;
    if (pins > 0) {
      return;
    }
    KeyBucket bucket = level();
    pinned = null;
    buckets.unpin(key, bucket);
    if (retired) {
      buckets.forget(key, bucket);
    }
  }

  @Override
  KeyBucket level() {
    if (pinned == null) {
      throw new IllegalStateException("not pinned");
    }
    return pinned;
  }

  @Override
  Turnstile turnstile() {
    return buckets.turnstileOf(key, level());
  }
}
