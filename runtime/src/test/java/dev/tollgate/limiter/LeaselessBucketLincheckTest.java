package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A bucket that leases nothing, while time goes by: granted or refused as if one call came after
 * the other, time being a call like any other. How long the refused are told to wait is counted
 * from when they came, which may be long before it is their turn, so that is no part of it.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:3")
@Param(name = "halves", gen = IntGen.class, conf = "1:5")
public class LeaselessBucketLincheckTest {
  private static final long CAPACITY = 4;
  private static final long LEFT = 2;

  /** The first thread may read the clock, and take its turn only after the second's later call. */
  private static final String LATE_AT_THE_LOCK = "take 1 | take 1 | advance 2, take 1";

  private static final RateLimitConfig CONFIG =
      RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(CAPACITY);

  private final HandTicker ticker = new HandTicker();
  private final TokenBucket bucket;

  public LeaselessBucketLincheckTest() {
    bucket = new LeasedBucket(CONFIG, ticker, 0);
    bucket.take(CAPACITY - LEFT, 0);
  }

  @Test
  void twoThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(getClass(), Specification.class, 2, 3, LATE_AT_THE_LOCK);
  }

  @Test
  void threadsAtFullSpeedAnswerAsOneAfterTheOther() {
    LincheckRuns.stress(getClass(), Specification.class, 2, 4);
  }

  @Operation
  public boolean take(@Param(name = "weight") int weight) {
    return Outcome.granted(bucket.take(weight, 0));
  }

  @Operation
  public long available() {
    return bucket.available();
  }

  @Operation
  public void advance(@Param(name = "halves") int halves) {
    ticker.advance(halves * PlainBucket.TOKEN_NANOS / 2);
  }

  /** The same for one caller at a time. */
  public static class Specification {
    private final PlainBucket bucket = new PlainBucket(CAPACITY, LEFT);

    public Specification() {}

    public boolean take(int weight) {
      return Outcome.granted(bucket.take(weight));
    }

    public long available() {
      return bucket.available();
    }

    public void advance(int halves) {
      bucket.advance(halves * PlainBucket.TOKEN_NANOS / 2);
    }
  }
}
