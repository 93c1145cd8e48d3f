package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any schedule of several threads, each with its cell, against {@link ExactBucket}: never a grant
 * that the exact bucket would not give, never a refusal of what it holds beyond the leases.
 */
class LeasedBucketPropertyTest {
  private static final int MOST_STEPS = 60;
  private static final long MOST_TOKENS = 2_000;
  private static final long LONGEST_WAIT = 1L << 40;

  private static Callers callers;

  /**
   * One of the threads makes the same call so many times, or until it is refused. Looking then at
   * what is available refills the bucket, and must not be what keeps it right.
   */
  record Burst(int caller, long times, Step step, boolean looks) {}

  @BeforeContainer
  static void startCallers() {
    callers = new Callers(4);
  }

  @AfterContainer
  static void stopCallers() {
    callers.close();
  }

  @Property
  void neverMoreThanTheExactBucketAndNeverLessThanItWithoutTheLeases(
      @ForAll("configs") RateLimitConfig config,
      @ForAll("cells") int cells,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Burst> schedule) {
    LeasedSchedule checked = new LeasedSchedule(config, cells, begin);
    for (Burst burst : schedule) {
      callers.as(
          burst.caller(),
          () -> {
            checked.burst(burst);
            return null;
          });
      checked.compareTally();
      if (burst.looks()) {
        checked.look();
      }
    }
  }

  @Property
  void aBurstOnAFreshBucketGetsExactlyTheCapacity(
      @ForAll("configs") RateLimitConfig config,
      @ForAll("cells") int cells,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Burst> schedule) {
    LeasedBucket bucket = new LeasedBucket(config, new LeapingTicker(begin), cells);
    long granted = 0;
    for (Burst burst : schedule) {
      long weight = burst.step().weight().in(mark -> config.capacity(), MOST_TOKENS);
      granted += callers.as(burst.caller(), () -> take(bucket, weight, burst.times()));
    }
    for (int caller = 0; caller < callers.count(); caller++) {
      granted += callers.as(caller, () -> take(bucket, 1, MOST_TOKENS));
    }
    assertThat(granted).isEqualTo(config.capacity());
  }

  private static long take(LeasedBucket bucket, long weight, long times) {
    long granted = 0;
    for (long left = times; left > 0 && Outcome.granted(bucket.take(weight, 0)); left--) {
      granted += weight;
    }
    return granted;
  }

  /** Whose rates are high enough to lease. */
  @Provide
  Arbitrary<RateLimitConfig> configs() {
    return Combinators.combine(Values.between(1_000, 1_000_000_000), Values.between(1, MOST_TOKENS))
        .as(
            (permits, capacity) ->
                RateLimitConfig.of(permits, Duration.ofSeconds(1)).withCapacity(capacity));
  }

  @Provide
  Arbitrary<Integer> cells() {
    return Arbitraries.of(4, 1, 2);
  }

  @Provide
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<List<Burst>> schedules() {
    Arbitrary<Amount> idles =
        Arbitraries.frequencyOf(
            Tuple.of(6, Amount.upTo(0)),
            Tuple.of(1, Amount.upTo(Values.LONGEST_IDLE / MOST_STEPS)),
            Tuple.of(2, Amount.upTo(10_000_000)),
            Tuple.of(3, Amount.near(Amount.Mark.NEXT_TOKEN, Amount.Mark.FULL)));
    Arbitrary<Amount> weights =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(new Amount(Amount.Mark.NOTHING, 1))),
            Tuple.of(1, Amount.upTo(MOST_TOKENS)),
            Tuple.of(1, Amount.near(Amount.Mark.CAPACITY, Amount.Mark.AVAILABLE)));
    Arbitrary<Step> steps =
        Combinators.combine(
                idles, Arbitraries.of(Step.Verb.class), weights, Step.patiences(1_000_000_000))
            .as(Step::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Values.between(1, MOST_TOKENS),
            steps,
            Arbitraries.of(false, true))
        .as(Burst::new)
        .list()
        .ofMaxSize(MOST_STEPS);
  }

  private static final class LeasedSchedule {
    private final RateLimitConfig config;
    private final LeapingTicker ticker;
    private final LeasedBucket bucket;
    private final ExactBucket exact;
    private TokenBucket.Tally told = new TokenBucket.Tally(0, 0, 0, 0, 0);
    private boolean idled;

    LeasedSchedule(RateLimitConfig config, int cells, long begin) {
      this.config = config;
      ticker = new LeapingTicker(begin);
      bucket = new LeasedBucket(config, ticker, cells);
      exact = new ExactBucket(config);
    }

    void burst(Burst burst) {
      Step step = burst.step();
      long idle = step.idle().in(this::mark, Values.LONGEST_IDLE / MOST_STEPS);
      ticker.advance(idle);
      pass(idle);
      long weight = step.weight().in(this::mark, MOST_TOKENS);
      // One call may wait; after it there would be nothing to look for in the cells.
      boolean waits = burst.times() == 1;
      long patience = waits ? step.patience().in(mark -> exact.waitFor(weight), LONGEST_WAIT) : 0;
      boolean granted = true;
      for (long left = burst.times(); granted && left > 0; left--) {
        granted = call(step.verb(), weight, patience);
      }
    }

    private boolean call(Step.Verb verb, long weight, long patience) {
      long arrival = ticker.nanos();
      boolean takes = verb == Step.Verb.TAKE;
      long outcome = takes ? bucket.take(weight, patience) : bucket.charge(weight, patience);
      boolean granted = Outcome.granted(outcome);
      if (weight == 0) {
        hold(outcome == 0, "weight 0", outcome, 0);
        return true;
      }
      count(granted);
      if (!exact.couldEverGrant(weight)) {
        hold(outcome == Outcome.NEVER, "outcome above the capacity", outcome, Outcome.NEVER);
        return false;
      }
      long wait = granted ? outcome : Outcome.retryAfterNanos(outcome);
      long shortest = exact.waitFor(weight);
      long longest = exact.waitFor(weight + onLease());
      hold(wait >= shortest, "wait, too short", wait, shortest);
      // A refusal without the lock rounds up twice.
      hold(wait <= longest + (granted ? 0 : 1), "wait, too long", wait, longest);
      hold(!granted || wait <= patience, "wait, longer than its patience", wait, patience);
      hold(granted || longest > patience, "refused, though within", patience, longest);
      if (granted) {
        exact.spendAfter(wait, weight);
        pass(ticker.nanos() - arrival);
      }
      return granted;
    }

    void look() {
      long available = bucket.available();
      assertThat(available)
          .as("available")
          .isBetween(Math.max(0, exact.available() - onLease()), exact.available());
    }

    void compareTally() {
      TokenBucket.Tally now = bucket.tally();
      assertThat(now.admitted()).as("admitted").isEqualTo(told.admitted());
      assertThat(now.rejected()).as("rejected").isEqualTo(told.rejected());
    }

    private void count(boolean granted) {
      told =
          new TokenBucket.Tally(
              told.admitted() + (granted ? 1 : 0), told.rejected() + (granted ? 0 : 1), 0, 0, 0);
    }

    /** Before any time has gone by, nothing: at one instant nothing is kept back. */
    private long onLease() {
      return idled ? config.capacity() / 4 : 0;
    }

    private void pass(long nanos) {
      exact.advance(nanos);
      idled |= nanos > 0;
    }

    private long mark(Amount.Mark mark) {
      return switch (mark) {
        case CAPACITY -> config.capacity();
        case AVAILABLE -> exact.available();
        case NEXT_TOKEN -> exact.waitFor(exact.available() + 1);
        case FULL -> exact.waitFor(config.capacity());
        default -> throw new IllegalArgumentException("not marked here: " + mark);
      };
    }

    private static void hold(boolean condition, String what, long actual, long limit) {
      if (!condition) {
        fail("%s: %s against %s", what, actual, limit);
      }
    }
  }
}
