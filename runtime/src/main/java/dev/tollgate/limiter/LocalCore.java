package dev.tollgate.limiter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A limiter that lives here: its bucket, those of its keys, and what is done with the verdict. */
final class LocalCore extends LocalSource implements LimiterCore {
  private final String name;
  private final Ticker ticker;
  private final LimiterBucket bucket;
  private final LongAdder inFlight = new LongAdder();
  private final Object changing = new Object();
  private volatile LimiterSettings settings;

  /** Null until a key is limited. Written under {@code changing}. */
  private volatile @Nullable KeyedBuckets keyed;

  // Under changing.
  private long pausedUntil;
  private boolean hasPaused;

  LocalCore(String name, RateLimitConfig config, Ticker ticker) {
    this.name = name;
    this.ticker = ticker;
    this.bucket = new LeasedBucket(config, ticker);
    this.settings = LimiterSettings.of(config);
  }

  @Override
  public String name() {
    return name;
  }

  /** Where a key's bucket would take more than 73 years to fill, all keys share the limiter's. */
  @Override
  public TokenSource ofKey(@Nullable Object key) {
    KeyedBuckets buckets = keyed;
    if (buckets == null) {
      buckets = keyed();
    }
    return buckets == null ? this : new KeySource(this, buckets, Keys.kept(key));
  }

  @Override
  public long available() {
    return bucket.available();
  }

  @Override
  public long retryAfterNanos(long weight) {
    checkWeight(weight);
    return bucket.retryAfterNanos(weight);
  }

  @Override
  public void inFlight(long change) {
    inFlight.add(change);
  }

  @Override
  public RateLimiterStats stats() {
    TallySum sum = new TallySum();
    bucket.turnstile().addTo(sum, bucket.level());
    KeyedBuckets buckets = keyed;
    if (buckets != null) {
      buckets.addTo(sum);
    }
    TokenBucket.Tally tally = sum.tally();
    long total = tally.admitted() + tally.rejected();
    return new RateLimiterStats(
        total,
        tally.admitted(),
        tally.rejected(),
        total == 0 ? 0 : (double) tally.rejected() / total,
        Duration.ofNanos(tally.averageWaitNanos()),
        Duration.ofNanos(tally.maxWaitNanos()),
        tally.waiting(),
        inFlight.sum(),
        bucket.available());
  }

  @Override
  public RateLimitConfig config() {
    return settings.config();
  }

  @Override
  public void reconfigure(RateLimitConfig config) {
    synchronized (changing) {
      KeyedBuckets buckets = keyed;
      if (buckets != null) {
        buckets.change(config);
      }
      bucket.change(config);
      settings = LimiterSettings.of(config);
    }
  }

  @Override
  public void pauseFor(long nanos) {
    long pause = Math.min(nanos, Waits.LONGEST);
    synchronized (changing) {
      long until = ticker.nanos() + pause;
      if (pause > 0 && (!hasPaused || until - pausedUntil > 0)) {
        pausedUntil = until;
        hasPaused = true;
      }
      bucket.pauseFor(pause);
      KeyedBuckets buckets = keyed;
      if (buckets != null) {
        buckets.pauseFor(pause);
      }
    }
  }

  /** Calls that wait already go on waiting. */
  void mode(LimiterMode mode) {
    synchronized (changing) {
      settings = LimiterSettings.of(settings.config().withMode(mode));
    }
  }

  /** Becomes another limiter if nobody has asked this one for anything yet; says whether it did. */
  boolean redefineIfUntouched(RateLimitConfig config) {
    synchronized (changing) {
      if (keyed != null || !bucket.resetIfUntouched(config)) {
        return false;
      }
      settings = LimiterSettings.of(config);
      return true;
    }
  }

  @Override
  LimiterSettings settings() {
    return settings;
  }

  @Override
  Ticker ticker() {
    return ticker;
  }

  @Override
  long enforce(long weight, long maxWaitNanos) {
    return bucket.take(weight, maxWaitNanos);
  }

  @Override
  long enforceIfThere(long weight) {
    return bucket.takeIfThere(weight);
  }

  @Override
  CompletableFuture<Long> enforceLater(long weight, long maxWaitNanos) {
    return bucket.takeLater(weight, maxWaitNanos);
  }

  @Override
  void observe(long weight, long maxWaitNanos) {
    bucket.charge(weight, maxWaitNanos);
  }

  @Override
  void pin() {}

  @Override
  void unpin(boolean retired) {}

  @Override
  Level level() {
    return bucket.level();
  }

  @Override
  Turnstile turnstile() {
    return bucket.turnstile();
  }

  private @Nullable KeyedBuckets keyed() {
    synchronized (changing) {
      KeyedBuckets buckets = keyed;
      RateLimitConfig config = settings.config();
      if (buckets == null && KeyBucket.canHold(Limits.of(config))) {
        buckets = new KeyedBuckets(config, config.maxKeys(), ticker);
        if (hasPaused) {
          buckets.beginAt(pausedUntil);
        }
        keyed = buckets;
      }
      return buckets;
    }
  }
}
