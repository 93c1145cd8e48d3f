package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A bucket that leases, while no time goes by: every answer to every interleaving is that of a
 * plain counter, the nanoseconds of a refusal included. So what lies in the cells of others is
 * found.
 *
 * <p>Of the counters only the admitted calls are part of it. A refusal without the lock is counted
 * after it is decided, so that another call may come in between: refusals are counted at the end.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:3")
public class LeasedBucketLincheckTest {
  private static final int CELLS = 4;
  private static final long CAPACITY = 32;

  /** Leases are of 2 tokens: who takes one leaves two more in its cell. */
  private static final long LEFT = 3;

  /** The first call leaves two tokens in its cell, where its thread and a thief go for them. */
  private static final String A_CELL_EMPTIED_FROM_BOTH_SIDES = "take 1 | take 1 | take 2";

  private static final RateLimitConfig CONFIG =
      RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(CAPACITY);

  private final LeasedBucket bucket = new LeasedBucket(CONFIG, new HandTicker(), CELLS);
  private final Witness witness = new Witness(CELLS);

  public LeasedBucketLincheckTest() {
    bucket.take(CAPACITY - LEFT, 0);
  }

  @Test
  void twoThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(getClass(), Specification.class, 2, 3, A_CELL_EMPTIED_FROM_BOTH_SIDES);
  }

  @Test
  void threeThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(getClass(), Specification.class, 3, 2);
  }

  @Test
  void threadsAtFullSpeedAnswerAsOneAfterTheOther() {
    LincheckRuns.stress(getClass(), Specification.class, 2, 3);
  }

  @Operation
  public long take(@Param(name = "weight") int weight) {
    witness.ownsItsCell();
    long outcome = bucket.take(weight, 0);
    witness.answered(0, 0, weight, outcome);
    return outcome;
  }

  @Operation
  public long admitted() {
    return bucket.tally().admitted() - 1;
  }

  @Validate
  public void everyRefusalIsCounted() {
    if (bucket.tally().rejected() != witness.refused()) {
      throw new AssertionError(bucket.tally() + ", but refused were " + witness.refused());
    }
  }

  /** The same for one caller at a time. */
  public static class Specification {
    private final PlainBucket bucket = new PlainBucket(CAPACITY, LEFT);

    public Specification() {}

    public long take(int weight) {
      return bucket.take(weight);
    }

    public long admitted() {
      return bucket.admitted();
    }
  }
}
