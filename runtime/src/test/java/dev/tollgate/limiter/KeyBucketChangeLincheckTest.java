package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** As {@link ChangeLincheckTest}, of a key's bucket, which has a moment for its level. */
@Param(name = "weight", gen = IntGen.class, conf = "1:2")
@Param(name = "capacity", gen = IntGen.class, conf = "2:8")
public class KeyBucketChangeLincheckTest {
  private static final long CAPACITY = 4;
  private static final String ASKED_WHILE_THE_CAPACITY_IS_RAISED = "take 1 | take 2 | change 8";

  private final BucketOfAKey bucket = new BucketOfAKey(config(CAPACITY), new HandTicker());

  public KeyBucketChangeLincheckTest() {}

  @Test
  void twoThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(
        getClass(), Specification.class, 2, 3, ASKED_WHILE_THE_CAPACITY_IS_RAISED);
  }

  @Operation
  public long take(@Param(name = "weight") int weight) {
    return bucket.take(weight, 0);
  }

  @Operation
  public void change(@Param(name = "capacity") int capacity) {
    bucket.change(config(capacity));
  }

  private static RateLimitConfig config(long capacity) {
    return RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(capacity);
  }

  /** The same for one caller at a time. */
  public static class Specification {
    private final PlainBucket bucket = new PlainBucket(CAPACITY, CAPACITY);

    public Specification() {}

    public long take(int weight) {
      return bucket.take(weight);
    }

    public void change(int capacity) {
      bucket.change(capacity);
    }
  }
}
