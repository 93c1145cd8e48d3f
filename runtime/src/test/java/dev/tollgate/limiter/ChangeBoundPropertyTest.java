package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What is granted while limits change and pauses begin and end, of any kind of bucket.
 *
 * <p>A window that holds one change grants at most the larger capacity and what both rates bring.
 * One that holds several may grant more than the largest capacity and the integral of the rate:
 * what came in cheaply while the bucket was small is as large a share of a larger one. What holds
 * of every window is this: count each token as its share of the bucket that it was taken from, and
 * what comes in likewise; then at most one full bucket and what came in are granted.
 */
class ChangeBoundPropertyTest {
  private static final int MOST_EVENTS = 40;
  private static final long LONGEST_IDLE = 1L << 40;

  /**
   * Time goes by; then the limits change to one of a few, a pause begins or ends, or a call comes.
   */
  record Event(long idle, int verb, int which, long amount) {}

  /** When, and under which limits; those count from the one change to the next. */
  record Grant(BigInteger moment, long weight, int era) {}

  record Era(RateLimitConfig config, BigInteger begin) {}

  @Property
  void noWindowHoldsMoreThanOneFullBucketAndWhatCameIn(
      @ForAll BucketKind kind,
      @ForAll("configs") List<RateLimitConfig> configs,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Event> schedule) {
    List<Era> eras = new ArrayList<>();
    List<Grant> grants = run(kind, configs, begin, schedule, eras);
    BigInteger common = common(eras);
    for (int first = 0; first < grants.size(); first++) {
      BigInteger shares = BigInteger.ZERO;
      for (int last = first; last < grants.size(); last++) {
        Grant grant = grants.get(last);
        shares = shares.add(share(grant.weight(), eras.get(grant.era()).config(), common));
        BigInteger came = came(eras, grants.get(first).moment(), grant.moment(), common);
        assertThat(shares)
            .as("shares of a full bucket from grant %d to %d, times %d", first, last, common)
            .isLessThanOrEqualTo(common.add(came));
      }
    }
  }

  @Property
  void noWindowWithOneChangeHoldsMoreThanTheLargerCapacityAndWhatBothRatesBring(
      @ForAll BucketKind kind,
      @ForAll("configs") List<RateLimitConfig> configs,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Event> schedule) {
    List<Era> eras = new ArrayList<>();
    List<Grant> grants = run(kind, configs, begin, schedule, eras);
    for (int first = 0; first < grants.size(); first++) {
      BigInteger weights = BigInteger.ZERO;
      Era before = eras.get(grants.get(first).era());
      for (int last = first; last < grants.size(); last++) {
        Grant grant = grants.get(last);
        if (grant.era() > grants.get(first).era() + 1) {
          break;
        }
        Era after = eras.get(grant.era());
        weights = weights.add(BigInteger.valueOf(grant.weight()));
        BigInteger change = before == after ? grant.moment() : after.begin();
        BigInteger periods = period(before).multiply(period(after));
        BigInteger came =
            change
                .subtract(grants.get(first).moment())
                .multiply(permits(before))
                .multiply(period(after))
                .add(
                    grant
                        .moment()
                        .subtract(change)
                        .multiply(permits(after))
                        .multiply(period(before)));
        BigInteger larger =
            BigInteger.valueOf(Math.max(before.config().capacity(), after.config().capacity()));
        assertThat(weights.multiply(periods))
            .as("tokens from grant %d to %d, times %d", first, last, periods)
            .isLessThanOrEqualTo(larger.multiply(periods).add(came));
      }
    }
  }

  @Provide
  Arbitrary<List<RateLimitConfig>> configs() {
    return Values.configs().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<List<Event>> schedules() {
    Arbitrary<Long> idles =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0L)), Tuple.of(1, Values.between(0, LONGEST_IDLE)));
    return Combinators.combine(
            idles,
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, 3),
            Values.between(1, RateLimitConfig.MAX_CAPACITY))
        .as(Event::new)
        .list()
        .ofMaxSize(MOST_EVENTS);
  }

  private static List<Grant> run(
      BucketKind kind,
      List<RateLimitConfig> configs,
      long begin,
      List<Event> schedule,
      List<Era> eras) {
    LeapingTicker ticker = new LeapingTicker(begin);
    BigInteger now = BigInteger.ZERO;
    eras.add(new Era(kind.fitting(configs.get(0)), now));
    LimiterBucket bucket = kind.bucket(eras.get(0).config(), ticker);
    List<Grant> grants = new ArrayList<>();
    BigInteger pausedUntil = now;
    for (Event event : schedule) {
      ticker.advance(event.idle());
      now = now.add(BigInteger.valueOf(event.idle()));
      int era = eras.size() - 1;
      switch (event.verb()) {
        case 0, 1 -> {
          RateLimitConfig changed = kind.fitting(configs.get(event.which() % configs.size()));
          bucket.change(changed);
          eras.add(new Era(changed, now));
        }
        case 2 -> {
          long pause = event.amount() % LONGEST_IDLE;
          bucket.pauseFor(pause);
          pausedUntil = pausedUntil.max(now.add(BigInteger.valueOf(pause)));
        }
        case 12 -> {
          BigInteger left = pausedUntil.subtract(now).max(BigInteger.ZERO);
          bucket.resume(ticker.nanos() + left.longValueExact());
          pausedUntil = now;
        }
        case 3, 4, 5 -> take(bucket, event.amount(), now, era, grants);
        case 6, 7 -> take(bucket, bucket.available(), now, era, grants);
        default -> take(bucket, 1, now, era, grants);
      }
    }
    take(bucket, bucket.available(), now, eras.size() - 1, grants);
    return grants;
  }

  private static void take(
      LimiterBucket bucket, long weight, BigInteger now, int era, List<Grant> grants) {
    if (weight > 0 && Outcome.granted(bucket.take(weight, 0))) {
      grants.add(new Grant(now, weight, era));
    }
  }

  /** What all shares are whole multiples of one part of. */
  private static BigInteger common(List<Era> eras) {
    return eras.stream()
        .map(Era::config)
        .distinct()
        .map(ChangeBoundPropertyTest::full)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private static BigInteger full(RateLimitConfig config) {
    return BigInteger.valueOf(config.capacity())
        .multiply(BigInteger.valueOf(config.period().toNanos()));
  }

  private static BigInteger share(long weight, RateLimitConfig config, BigInteger common) {
    return common
        .divide(BigInteger.valueOf(config.capacity()))
        .multiply(BigInteger.valueOf(weight));
  }

  private static BigInteger came(
      List<Era> eras, BigInteger from, BigInteger to, BigInteger common) {
    BigInteger came = BigInteger.ZERO;
    for (int i = 0; i < eras.size(); i++) {
      Era era = eras.get(i);
      BigInteger end = i + 1 < eras.size() ? eras.get(i + 1).begin().min(to) : to;
      BigInteger elapsed = end.subtract(era.begin().max(from)).max(BigInteger.ZERO);
      came = came.add(common.divide(full(era.config())).multiply(permits(era)).multiply(elapsed));
    }
    return came;
  }

  private static BigInteger permits(Era era) {
    return BigInteger.valueOf(era.config().permits());
  }

  private static BigInteger period(Era era) {
    return BigInteger.valueOf(era.config().period().toNanos());
  }
}
