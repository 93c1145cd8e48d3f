package dev.tollgate.limiter;

class KeyBucketWaitingTest extends BucketWaitingTest {
  @Override
  TokenBucket bucket(RateLimitConfig config, Ticker ticker) {
    return new BucketOfAKey(config, ticker);
  }
}
