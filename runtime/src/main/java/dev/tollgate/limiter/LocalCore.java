package dev.tollgate.limiter;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A limiter that lives here: its bucket, and what is done with the bucket's verdict. */
final class LocalCore implements LimiterCore {
  private final String name;
  private final TokenBucket bucket;
  private final LongAdder inFlight = new LongAdder();
  private volatile Settings settings;

  LocalCore(String name, RateLimitConfig config, Ticker ticker) {
    this.name = name;
    this.bucket = new LeasedBucket(config, ticker);
    this.settings = Settings.of(config);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long take(long weight, long maxWaitNanos) {
    checkWeight(weight);
    Settings current = settings;
    long maxWait = maxWaitNanos < 0 ? current.timeoutNanos : Math.min(maxWaitNanos, Waits.LONGEST);
    return switch (current.mode) {
      case ENFORCE -> bucket.take(weight, maxWait);
      case OBSERVE -> {
        bucket.charge(weight, maxWait);
        yield 0;
      }
      case OFF -> 0;
    };
  }

  @Override
  public long takeIfThere(long weight) {
    throw new UnsupportedOperationException();
  }

  @Override
  public java.util.concurrent.CompletableFuture<Long> takeLater(long weight, long maxWaitNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenSource ofKey(@org.jspecify.annotations.Nullable Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reconfigure(RateLimitConfig config) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pauseFor(long nanos) {
    throw new UnsupportedOperationException();
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
    TokenBucket.Tally tally = bucket.tally();
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
    return settings.config;
  }

  /** Calls that wait already go on waiting. */
  void mode(LimiterMode mode) {
    settings = Settings.of(settings.config.withMode(mode));
  }

  /** Becomes another limiter if nobody has asked this one for anything yet; says whether it did. */
  boolean redefineIfUntouched(RateLimitConfig config) {
    if (!bucket.resetIfUntouched(config)) {
      return false;
    }
    settings = Settings.of(config);
    return true;
  }

  private static void checkWeight(long weight) {
    if (weight < 0) {
      throw new IllegalArgumentException("weight is " + weight + "; it must be 0 or more");
    }
  }

  private record Settings(LimiterMode mode, long timeoutNanos, RateLimitConfig config) {
    static Settings of(RateLimitConfig config) {
      return new Settings(config.mode(), Waits.nanos(config.timeout()), config);
    }
  }
}
