package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Calls of two limiters, each alone and both together, in either order, while no time goes by:
 * every answer to every interleaving is that of two plain counters.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:2")
public class JointLincheckTest {
  private static final long OF_A = 3;
  private static final long OF_B = 2;
  private static final String OPPOSITE_ORDERS = "takeOfA 1 | takeBoth 1 | takeBothTurned 2";

  private final HandTicker ticker = new HandTicker();
  private final TokenSource a = new LocalCore("a", config(OF_A), ticker);
  private final TokenSource b = new LocalCore("b", config(OF_B), ticker);

  public JointLincheckTest() {}

  @Test
  void twoThreadsAnswerAsOneAfterTheOther() {
    LincheckRuns.modelCheck(getClass(), Specification.class, 2, 2, OPPOSITE_ORDERS);
  }

  @Operation
  public long takeOfA(@Param(name = "weight") int weight) {
    return a.take(weight, 0);
  }

  @Operation
  public long takeOfB(@Param(name = "weight") int weight) {
    return b.take(weight, 0);
  }

  @Operation
  public long takeBoth(@Param(name = "weight") int weight) {
    return AllOrNothing.take(
            new TokenSource[] {a, b}, new long[] {weight, weight}, new long[] {0, 0})
        .outcome();
  }

  @Operation
  public long takeBothTurned(@Param(name = "weight") int weight) {
    return AllOrNothing.take(
            new TokenSource[] {b, a}, new long[] {weight, weight}, new long[] {0, 0})
        .outcome();
  }

  private static RateLimitConfig config(long capacity) {
    return RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(capacity);
  }

  /** The same for one caller at a time. */
  public static class Specification {
    private final PlainBucket a = new PlainBucket(OF_A, OF_A);
    private final PlainBucket b = new PlainBucket(OF_B, OF_B);

    public Specification() {}

    public long takeOfA(int weight) {
      return a.take(weight);
    }

    public long takeOfB(int weight) {
      return b.take(weight);
    }

    public long takeBoth(int weight) {
      long worth = weight * PlainBucket.TOKEN_NANOS;
      long missing = Math.max(a.missing(worth), b.missing(worth));
      if (missing > 0) {
        return Outcome.refused(missing);
      }
      a.take(weight);
      b.take(weight);
      return 0;
    }

    public long takeBothTurned(int weight) {
      return takeBoth(weight);
    }
  }
}
