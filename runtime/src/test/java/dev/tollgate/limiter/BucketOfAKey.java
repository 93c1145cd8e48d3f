package dev.tollgate.limiter;

/** One key's bucket on its own, to be tested as the others are. */
final class BucketOfAKey implements TokenBucket {
  private final KeyBucket bucket;
  private final Turnstile turnstile;

  BucketOfAKey(RateLimitConfig config, Ticker ticker) {
    Limits limits = Limits.of(config);
    bucket = new KeyBucket(limits, ticker.nanos());
    turnstile = new Turnstile(limits, ticker);
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
    return turnstile.tally(bucket);
  }
}
