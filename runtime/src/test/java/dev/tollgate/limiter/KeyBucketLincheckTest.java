package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A key's bucket, while no time goes by: every answer to every interleaving is that of a plain
 * counter, the nanoseconds of a refusal included.
 *
 * <p>While time goes by it is not quite that: it decides by the moment when a call came, and if
 * others took later tokens before it is that call's turn, may refuse it what is there.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:3")
public class KeyBucketLincheckTest {
  private static final long CAPACITY = 4;
  private static final RateLimitConfig CONFIG =
      RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(CAPACITY);

  private final TokenBucket bucket = new BucketOfAKey(CONFIG, new HandTicker());

  public KeyBucketLincheckTest() {}

  @Test
  void twoThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(getClass(), Specification.class, 2, 3);
  }

  @Test
  void threadsAtFullSpeedAnswerAsOneAfterTheOther() {
    LincheckRuns.stress(getClass(), Specification.class, 2, 3);
  }

  @Operation
  public long take(@Param(name = "weight") int weight) {
    return bucket.take(weight, 0);
  }

  @Operation
  public long available() {
    return bucket.available();
  }

  @Operation
  public long admitted() {
    return bucket.tally().admitted();
  }

  /** The same for one caller at a time. */
  public static class Specification {
    private final PlainBucket bucket = new PlainBucket(CAPACITY, CAPACITY);

    public Specification() {}

    public long take(int weight) {
      return bucket.take(weight);
    }

    public long available() {
      return bucket.available();
    }

    public long admitted() {
      return bucket.admitted();
    }
  }
}
