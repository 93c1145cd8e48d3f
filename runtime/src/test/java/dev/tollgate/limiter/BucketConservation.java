package dev.tollgate.limiter;

import java.time.Duration;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Threads that take, wait, and give up, while time goes by. A bucket that is never full in between
 * has in the end what it had, and what came in, less what was granted.
 *
 * <p>The answers on the way are not those of one call after the other: who waits holds its place
 * until it has given up, and those who come meanwhile are refused what it will never take.
 */
@Param(name = "weight", gen = IntGen.class, conf = "1:3")
@Param(name = "halves", gen = IntGen.class, conf = "1:3")
public abstract class BucketConservation {
  static final int CELLS = 4;
  private static final long CAPACITY = 32;
  private static final long LEFT = 2;
  private static final long LONGEST_WAIT = CAPACITY * PlainBucket.TOKEN_NANOS;
  static final RateLimitConfig CONFIG =
      RateLimitConfig.of(1, Duration.ofNanos(PlainBucket.TOKEN_NANOS))
          .withCapacity(CAPACITY)
          .withMaxWaiting(100);

  private static final String ONE_GIVES_UP_BEFORE_ANOTHER =
      "take 2 | takeOrGiveUp 2 | takeOrGiveUp 1";

  private static final String ONE_GIVES_UP_WHILE_LIMITS_CHANGE =
      "take 2 | takeOrGiveUp 2 | change 1, take 1";

  private final HandTicker ticker = new HandTicker();
  private final long began = ticker.nanos();
  private final Witness witness = new Witness(CELLS);
  private final LimiterBucket bucket;

  BucketConservation(Function<Ticker, LimiterBucket> kind) {
    bucket = kind.apply(ticker);
    bucket.take(CAPACITY - LEFT, 0);
  }

  @Test
  void noTokenIsLostAndNoneIsMade() {
    LincheckRuns.modelCheck(
        getClass(),
        Specification.class,
        2,
        3,
        ONE_GIVES_UP_BEFORE_ANOTHER,
        ONE_GIVES_UP_WHILE_LIMITS_CHANGE);
  }

  @Test
  void noTokenIsLostAndNoneIsMadeAtFullSpeed() {
    LincheckRuns.stress(getClass(), Specification.class, 2, 4);
  }

  @Operation
  public void take(@Param(name = "weight") int weight) {
    request(weight, 0);
  }

  @Operation
  public void takeOrGiveUp(@Param(name = "weight") int weight) {
    request(weight, LONGEST_WAIT);
    Thread.interrupted();
  }

  @Operation
  public void advance(@Param(name = "halves") int halves) {
    ticker.advance(halves * PlainBucket.TOKEN_NANOS / 2);
  }

  /** To the same limits: to keep the share is to keep the tokens. */
  @Operation
  public void change(@Param(name = "weight") int times) {
    for (int i = 0; i < times; i++) {
      bucket.change(CONFIG);
    }
  }

  @Validate
  public void nothingIsLostOrMade() {
    long came = (ticker.nanos() - began) / PlainBucket.TOKEN_NANOS;
    long due = LEFT + came - witness.granted();
    TokenBucket.Tally tally = bucket.tally();
    if (bucket.available() != due
        || tally.rejected() != witness.refused()
        || tally.waiting() != 0) {
      throw new AssertionError(
          bucket.available()
              + " are there, not "
              + due
              + "; refused "
              + witness.refused()
              + "; "
              + tally);
    }
  }

  private void request(long weight, long longestWait) {
    witness.ownsItsCell();
    witness.answered(0, 0, weight, bucket.take(weight, longestWait));
  }

  /** Answers nothing: what is left in the end is all that is asked. */
  public static class Specification {
    public Specification() {}

    public void take(int weight) {}

    public void takeOrGiveUp(int weight) {}

    public void advance(int halves) {}

    public void change(int times) {}
  }
}
