package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;

/** A bucket in a time of its own, to which a schedule happens on one thread. */
final class DrivenBucket {
  private static final long LONGEST_WAIT = 1L << 61;

  /** A call that came {@code at} nanoseconds since the bucket was made, and what it was told. */
  record Call(BigInteger at, long weight, long patience, long retryAfter, long outcome) {}

  private final RateLimitConfig config;
  private final LeapingTicker ticker;
  private final TokenBucket bucket;
  private BigInteger now = BigInteger.ZERO;
  private long sinceGrant;
  private long refused;
  private long promised;

  DrivenBucket(BucketKind kind, RateLimitConfig config, long begin) {
    this.config = config;
    ticker = new LeapingTicker(begin);
    bucket = kind.bucket(config, ticker);
  }

  Call step(Step step) {
    idle(step.idle().in(this::mark, Values.LONGEST_IDLE - sinceGrant));
    long weight = step.weight().in(this::mark, Long.MAX_VALUE);
    long retryAfter = bucket.retryAfterNanos(weight);
    long patience = step.patience().in(mark -> Math.max(0, retryAfter), LONGEST_WAIT);
    BigInteger at = now;
    long arrival = ticker.nanos();
    boolean waits = step.verb() == Step.Verb.TAKE;
    long outcome = waits ? bucket.take(weight, patience) : bucket.charge(weight, patience);
    long took = ticker.nanos() - arrival;
    now = now.add(BigInteger.valueOf(took));
    if (Outcome.granted(outcome)) {
      sinceGrant = weight == 0 ? sinceGrant : 0;
      assertThat(took).as("time that the call took").isEqualTo(waits ? outcome : 0);
    } else {
      refused = weight;
      promised = Math.max(0, Outcome.retryAfterNanos(outcome));
      assertThat(took).as("time that the refusal took").isZero();
    }
    return new Call(at, weight, patience, retryAfter, outcome);
  }

  /** Nanoseconds since the bucket was made. */
  BigInteger now() {
    return now;
  }

  long capacity() {
    return config.capacity();
  }

  long available() {
    return bucket.available();
  }

  long untilFull() {
    return bucket.retryAfterNanos(config.capacity());
  }

  TokenBucket.Tally tally() {
    return bucket.tally();
  }

  private void idle(long nanos) {
    ticker.advance(nanos);
    now = now.add(BigInteger.valueOf(nanos));
    sinceGrant += nanos;
  }

  private long mark(Amount.Mark mark) {
    return switch (mark) {
      case NOTHING -> 0;
      case CAPACITY -> config.capacity();
      case AVAILABLE -> bucket.available();
      case REFUSED -> refused;
      case PROMISED -> promised;
      case NEXT_TOKEN ->
          bucket.retryAfterNanos(Math.min(config.capacity(), bucket.available() + 1));
      case FULL -> untilFull();
      case NEEDED -> throw new IllegalArgumentException("only a call's patience is near " + mark);
    };
  }
}
