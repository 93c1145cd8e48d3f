package dev.tollgate.limiter;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One key's bucket on its own, to be tested as the others are. */
final class BucketOfAKey implements LimiterBucket {
  private final KeyBucket bucket;
  private final Turnstile turnstile;

  BucketOfAKey(RateLimitConfig config, Ticker ticker) {
    this(config, ticker, WaitingLine.TOLD, CommonPool.INSTANCE);
  }

  BucketOfAKey(RateLimitConfig config, Ticker ticker, int told, Executor delivery) {
    Limits limits = Limits.of(config);
    bucket = new KeyBucket(limits, ticker.nanos());
    turnstile = new Turnstile(limits, ticker, delivery, told);
  }

  @Override
  public long take(long weight, long maxWaitNanos) {
    return weight == 0 ? 0 : turnstile.take(bucket, weight, maxWaitNanos);
  }

  @Override
  public long charge(long weight, long maxWaitNanos) {
    return weight == 0 ? 0 : turnstile.charge(bucket, weight, maxWaitNanos);
  }

  @Override
  public long available() {
    return turnstile.available(bucket);
  }

  @Override
  public long retryAfterNanos(long weight) {
    return weight == 0 ? 0 : turnstile.retryAfterNanos(bucket, weight);
  }

  @Override
  public boolean resetIfUntouched(RateLimitConfig config) {
    return turnstile.changeIfUntouched(bucket, Limits.of(config));
  }

  @Override
  public Tally tally() {
    TallySum sum = new TallySum();
    turnstile.addTo(sum, bucket);
    return sum.tally();
  }

  @Override
  public long takeIfThere(long weight) {
    return weight == 0 ? 0 : turnstile.takeIfThere(bucket, weight);
  }

  @Override
  public CompletableFuture<Long> takeLater(long weight, long maxWaitNanos) {
    return weight == 0
        ? CompletableFuture.completedFuture(0L)
        : turnstile.takeLater(bucket, weight, maxWaitNanos);
  }

  @Override
  public void change(RateLimitConfig config) {
    turnstile.change(List.of(bucket), Limits.of(config));
  }

  @Override
  public void enforce(boolean enforced) {
    turnstile.enforce(List.of(bucket), enforced);
  }

  @Override
  public void pauseFor(long nanos) {
    turnstile.pause(List.of(bucket), nanos);
  }

  @Override
  public void resume(long end) {
    turnstile.resume(List.of(bucket), end);
  }

  @Override
  public Level level() {
    return bucket;
  }

  @Override
  public Turnstile turnstile() {
    return turnstile;
  }
}
