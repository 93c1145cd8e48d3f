package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A bucket that leases, and whose limits change, while no time goes by: every answer to every
 * interleaving is that of a plain counter which keeps its share. So nothing stays in a cell, and
 * nobody is refused by what was never the case.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:3")
@Param(name = "half", gen = IntGen.class, conf = "9:32")
@Param(name = "pause", gen = IntGen.class, conf = "1:2")
public class ChangeLincheckTest {
  private static final int CELLS = 4;
  private static final long CAPACITY = 32;

  /** Leases are of 2 tokens: who takes one leaves two more in its cell. */
  private static final long LEFT = 5;

  private static final String A_CELL_EMPTIED_DURING_A_CHANGE =
      "take 1 | take 1, take 3 | change 16, take 1";

  private static final String A_CELL_EMPTIED_DURING_A_PAUSE = "take 1 | take 1, take 1 | pause 1";

  private final LeasedBucket bucket = new LeasedBucket(config(CAPACITY), new HandTicker(), CELLS);

  public ChangeLincheckTest() {
    bucket.take(CAPACITY - LEFT, 0);
  }

  @Test
  void twoThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(
        getClass(),
        Specification.class,
        2,
        3,
        A_CELL_EMPTIED_DURING_A_CHANGE,
        A_CELL_EMPTIED_DURING_A_PAUSE);
  }

  @Operation
  public long take(@Param(name = "weight") int weight) {
    return bucket.take(weight, 0);
  }

  @Operation
  public void change(@Param(name = "half") int half) {
    bucket.change(config(2L * half));
  }

  @Operation
  public void pause(@Param(name = "pause") int tokens) {
    bucket.pauseFor(tokens * PlainBucket.TOKEN_NANOS);
  }

  private static RateLimitConfig config(long capacity) {
    return RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(capacity);
  }

  /** The same for one caller at a time. */
  public static class Specification {
    private final PlainBucket bucket = new PlainBucket(CAPACITY, LEFT);

    public Specification() {}

    public long take(int weight) {
      return bucket.take(weight);
    }

    public void change(int half) {
      bucket.change(2L * half);
    }

    public void pause(int tokens) {
      bucket.pause(tokens * PlainBucket.TOKEN_NANOS);
    }
  }
}
