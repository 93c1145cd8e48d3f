package dev.tollgate.limiter;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** What properties are tried with: edges, and as many small numbers as large ones. */
final class Values {
  private static final long SECOND = 1_000_000_000L;
  private static final long YEAR = RateLimitConfig.MAX_PERIOD.toNanos();

  /** The clock's differences hold for 2⁶³ ns, of which a wait may be half. */
  static final long LONGEST_IDLE = (1L << 62) - 1;

  private Values() {}

  /**
   * {@code least} to {@code most}, each order of magnitude as likely as any other, and {@code most}
   * more often.
   */
  static Arbitrary<Long> between(long least, long most) {
    long range = most - least;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(range);
    Arbitrary<Long> numbers = uniform(range);
    Arbitrary<Long> kept = uniform(bits + bits / 8 + 1);
    return Combinators.combine(numbers, kept)
        .as((number, low) -> low > bits ? most : least + (number & ((1L << low) - 1)));
  }

  private static Arbitrary<Long> uniform(long most) {
    return Arbitraries.longs().between(0, most).withDistribution(RandomDistribution.uniform());
  }

  /** From one a year to one a nanosecond. */
  static Arbitrary<RateLimitConfig> configs() {
    Arbitrary<Long> periods = Arbitraries.oneOf(between(1, YEAR), Arbitraries.of(SECOND, 1L, YEAR));
    Arbitrary<Long> permits =
        Arbitraries.frequencyOf(Tuple.of(4, between(1, YEAR)), Tuple.of(1, Arbitraries.just(YEAR)));
    Arbitrary<Long> capacities =
        Arbitraries.oneOf(between(1, 20), between(1, RateLimitConfig.MAX_CAPACITY));
    return Combinators.combine(periods, permits, capacities)
        .as(
            (period, some, capacity) ->
                RateLimitConfig.of(
                        some == YEAR ? period : 1 + (some - 1) % period, Duration.ofNanos(period))
                    .withCapacity(capacity));
  }

  /** How many of those who wait know their moments: mostly so few that others don't. */
  static Arbitrary<Integer> told() {
    return Arbitraries.of(1, 2, 3, WaitingLine.TOLD);
  }

  /** Where a clock may begin: anywhere, and mostly where it will wrap. */
  static Arbitrary<Long> clocks() {
    return Arbitraries.oneOf(
        Arbitraries.of(0L, Long.MIN_VALUE),
        Arbitraries.longs(),
        between(0, LONGEST_IDLE).map(left -> Long.MAX_VALUE - left));
  }
}
