package dev.tollgate.limiter;

class LeasedBucketWaitingTest extends BucketWaitingTest {
  @Override
  TokenBucket bucket(RateLimitConfig config, Ticker ticker) {
    return new LeasedBucket(config, ticker);
  }
}
