package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Any schedule of calls of keys that warm up, against one bucket for each that stays. */
class KeysWarmUpPropertyTest {
  private static final int KEYS = 12;
  private static final long LONGEST_WARM_UP = RateLimitConfig.MAX_WARM_UP.toNanos();

  /** Time goes by, in 64ths of the warm-up and nanoseconds, and a call of a key comes. */
  record Call(int key, int parts, int nanos, long weight) {}

  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void forgettingChangesNothing(
      @ForAll("configs") RateLimitConfig config,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Call> schedule) {
    FakeTicker ticker = new FakeTicker(begin);
    KeyedBuckets buckets = new KeyedBuckets(config, KEYS, ticker);
    List<BucketOfAKey> kept = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      kept.add(new BucketOfAKey(config, ticker));
    }
    Set<Integer> seen = new HashSet<>();
    for (Call call : schedule) {
      ticker.advance(config.warmUp().toNanos() / 64 * call.parts() + call.nanos());
      long weight = Math.min(call.weight(), config.capacity());
      seen.add(call.key());
      assertThat(buckets.take(call.key(), weight, 0))
          .as("%s", call)
          .isEqualTo(kept.get(call.key()).take(weight, 0));
    }
    Statistics.label("forgotten")
        .collect(buckets.size() < seen.size())
        .coverage(forgotten -> forgotten.check(true).percentage(share -> share > 50));
  }

  @Provide
  Arbitrary<RateLimitConfig> configs() {
    return Combinators.combine(Values.configs(), Values.between(64, LONGEST_WARM_UP))
        .as((config, nanos) -> config.withWarmUp(Duration.ofNanos(nanos)))
        .map(BucketKind.OF_A_KEY::fitting);
  }

  @Provide
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<List<Call>> schedules() {
    return Combinators.combine(
            Arbitraries.integers().between(0, KEYS - 1),
            Arbitraries.of(0, 0, 1, 7, 40, 64, 65, 130),
            Arbitraries.integers().between(0, 2),
            Arbitraries.longs().between(1, 5))
        .as(Call::new)
        .list()
        .ofMaxSize(80);
  }
}
