package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.Amount.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Any schedule of calls of a few keys, against one {@link ExactBucket} for each. */
class KeyedBucketsPropertyTest {
  private static final int KEYS = 12;
  private static final int MOST_STEPS = 80;
  private static final long LONGEST_STEP = Values.LONGEST_IDLE / (2 * MOST_STEPS);

  /** Time goes by, and a call of a key comes. */
  record Call(int key, Amount idle, Amount weight, Amount patience) {}

  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void forgettingChangesNothing(
      @ForAll("configs") RateLimitConfig config,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Call> schedule) {
    KeyedSchedule keys = new KeyedSchedule(config, KEYS, begin);
    Set<Integer> seen = new HashSet<>();
    for (Call call : schedule) {
      keys.passTime(call);
      ExactBucket exact = keys.exact.get(call.key());
      long weight = keys.weight(call);
      long wait = exact.waitFor(weight);
      long patience = keys.patience(call);
      long outcome = keys.take(call.key(), weight, patience);
      if (weight == 0) {
        assertThat(outcome).as("weight 0").isZero();
        continue;
      }
      seen.add(call.key());
      if (!exact.couldEverGrant(weight)) {
        assertThat(outcome).as("outcome above the capacity").isEqualTo(Outcome.NEVER);
      } else if (wait <= patience) {
        assertThat(outcome).as("wait").isEqualTo(wait);
        exact.spend(weight);
      } else {
        // Without the lock it may be a nanosecond late.
        assertThat(Outcome.retryAfterNanos(outcome)).as("promise").isBetween(wait, wait + 1);
      }
      keys.catchUp();
    }
    Statistics.label("forgotten")
        .collect(keys.buckets.size() < seen.size())
        .coverage(forgotten -> forgotten.check(true).percentage(share -> share > 50));
  }

  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void pastTheMostKeysNoKeyGetsMoreThanItsOwnBound(
      @ForAll("configs") RateLimitConfig config,
      @ForAll("few") int maxKeysAtFirst,
      @ForAll("few") int maxKeysLater,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Call> schedule) {
    KeyedSchedule keys = new KeyedSchedule(config, maxKeysAtFirst, begin);
    int mostKeys = maxKeysAtFirst;
    List<GrantLog> grants = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      grants.add(new GrantLog());
    }
    Set<Integer> seen = new HashSet<>();
    int left = schedule.size();
    for (Call call : schedule) {
      keys.passTime(call);
      if (left-- == schedule.size() / 2) {
        keys.buckets.change(config.withMaxKeys(maxKeysLater));
        mostKeys = Math.max(mostKeys, maxKeysLater);
      }
      seen.add(call.key());
      long weight = keys.weight(call);
      long patience = keys.patience(call);
      long outcome = keys.take(call.key(), weight, patience);
      keys.catchUp();
      if (Outcome.granted(outcome)) {
        ExactBucket exact = keys.exact.get(call.key());
        grants.get(call.key()).add(exact.now(), weight);
        exact.spend(weight);
      }
      assertThat(keys.buckets.size()).as("keys with a bucket").isLessThanOrEqualTo(mostKeys);
    }
    for (int key = 0; key < KEYS; key++) {
      grants.get(key).checkEveryWindow(config, "key " + key);
    }
    Statistics.label("shared")
        .collect(seen.size() > mostKeys)
        .coverage(shared -> shared.check(true).percentage(share -> share > 50));
  }

  @Provide
  Arbitrary<RateLimitConfig> configs() {
    return Values.configs().map(BucketKind.OF_A_KEY::fitting);
  }

  @Provide
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<Integer> few() {
    return Arbitraries.integers().between(1, 4);
  }

  @Provide
  Arbitrary<List<Call>> schedules() {
    Arbitrary<Amount> idles =
        Arbitraries.frequencyOf(
            Tuple.of(4, Amount.upTo(0)),
            Tuple.of(2, Amount.upTo(LONGEST_STEP)),
            Tuple.of(4, Amount.near(Mark.NEXT_TOKEN, Mark.FULL)));
    Arbitrary<Amount> weights =
        Arbitraries.frequencyOf(
            Tuple.of(2, Amount.upTo(20)), Tuple.of(3, Amount.near(Mark.AVAILABLE, Mark.CAPACITY)));
    return Combinators.combine(
            Arbitraries.integers().between(0, KEYS - 1),
            idles,
            weights,
            Step.patiences(LONGEST_STEP))
        .as(Call::new)
        .list()
        .ofMaxSize(MOST_STEPS);
  }

  private static final class KeyedSchedule {
    private final RateLimitConfig config;
    private final LeapingTicker ticker;
    private final KeyedBuckets buckets;
    private final List<ExactBucket> exact = new ArrayList<>();
    private long read;

    KeyedSchedule(RateLimitConfig config, int maxKeys, long begin) {
      this.config = config;
      ticker = new LeapingTicker(begin);
      read = begin;
      buckets = new KeyedBuckets(config, maxKeys, ticker);
      for (int key = 0; key < KEYS; key++) {
        exact.add(new ExactBucket(config));
      }
    }

    void passTime(Call call) {
      ExactBucket own = exact.get(call.key());
      ticker.advance(call.idle().in(mark -> mark(mark, own), LONGEST_STEP));
      catchUp();
    }

    long weight(Call call) {
      ExactBucket own = exact.get(call.key());
      return call.weight().in(mark -> mark(mark, own), Long.MAX_VALUE);
    }

    long patience(Call call) {
      ExactBucket own = exact.get(call.key());
      return call.patience().in(mark -> own.waitFor(weight(call)), LONGEST_STEP);
    }

    long take(Object key, long weight, long patience) {
      return buckets.take(key, weight, patience);
    }

    /** With the ticker, which a call that waited has moved. */
    void catchUp() {
      long passed = ticker.nanos() - read;
      exact.forEach(one -> one.advance(passed));
      read = ticker.nanos();
    }

    private long mark(Mark mark, ExactBucket own) {
      return switch (mark) {
        case CAPACITY -> config.capacity();
        case AVAILABLE -> own.available();
        case NEXT_TOKEN -> own.waitFor(own.available() + 1);
        case FULL -> own.waitFor(config.capacity());
        default -> throw new IllegalArgumentException("not marked here: " + mark);
      };
    }
  }
}
