package dev.tollgate.limiter;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A bucket that leases, while time goes by. After idling it may give less than its capacity, by as
 * much as is on lease, so its answers are not those of a plain counter; but it never gives more: no
 * window holds more than the capacity and what came in meanwhile, however long a thread is
 * suspended wherever it is.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:2")
@Param(name = "tokens", gen = IntGen.class, conf = "1:4")
public class LeaseBoundLincheckTest {
  private static final int CELLS = 4;
  private static final long CAPACITY = 32;
  private static final RateLimitConfig CONFIG =
      RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS)).withCapacity(CAPACITY);

  /**
   * The second thread refills. Between its look at the clock and its look at the cells the first
   * may let time go by and take what it left in its cell.
   */
  private static final String A_CELL_EMPTIED_WHILE_A_REFILL_IS_SUSPENDED =
      "take 1 | advance 4, take 1 | take 1";

  private final HandTicker ticker = new HandTicker();
  private final LeasedBucket bucket = new LeasedBucket(CONFIG, ticker, CELLS);
  private final Witness witness = new Witness(CELLS);

  public LeaseBoundLincheckTest() {}

  @Test
  void noWindowHoldsMoreThanTheBound() {
    LincheckRuns.modelCheck(
        getClass(), Specification.class, 2, 3, A_CELL_EMPTIED_WHILE_A_REFILL_IS_SUSPENDED);
  }

  @Test
  void noWindowHoldsMoreThanTheBoundAtFullSpeed() {
    LincheckRuns.stress(getClass(), Specification.class, 2, 4);
  }

  @Operation
  public void take(@Param(name = "weight") int weight) {
    witness.ownsItsCell();
    request(weight);
  }

  @Operation
  public void advance(@Param(name = "tokens") int tokens) {
    ticker.advance(tokens * PlainBucket.TOKEN_NANOS);
  }

  @Validate
  public void noWindowHoldsMore() {
    for (long weight = CAPACITY; weight > 0; weight /= 2) {
      while (Outcome.granted(request(weight))) {
        continue;
      }
    }
    long most = witness.mostAtOnce(PlainBucket.TOKEN_NANOS);
    if (most > CAPACITY) {
      throw new AssertionError(most + " granted at once, of " + CAPACITY);
    }
  }

  private long request(long weight) {
    long before = ticker.nanos();
    long outcome = bucket.take(weight, 0);
    witness.answered(before, ticker.nanos(), weight, outcome);
    return outcome;
  }

  /** Answers nothing: the bound is all that is asked. */
  public static class Specification {
    public Specification() {}

    public void take(int weight) {}

    public void advance(int tokens) {}
  }
}
