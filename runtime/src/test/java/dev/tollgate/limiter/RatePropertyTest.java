package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against numbers without bounds. Parts are chosen as anything, and count modulo the period. */
class RatePropertyTest {
  private static final BigInteger LONGEST = BigInteger.valueOf(Outcome.MAX_NANOS);

  @Property
  void tokensAndThePartsThatAreLeftAreExact(
      @ForAll("rates") Rate rate, @ForAll("many") List<Long> times, @ForAll("number") long any) {
    long parts = any % rate.periodNanos();
    for (long elapsed : times) {
      BigInteger[] exact =
          big(elapsed)
              .multiply(big(rate.permits()))
              .add(big(parts))
              .divideAndRemainder(big(rate.periodNanos()));
      long tokens = rate.tokensIn(elapsed, parts);
      assertThat(big(tokens)).isEqualTo(exact[0].min(big(Long.MAX_VALUE)));
      if (exact[0].bitLength() < Long.SIZE) {
        assertThat(big(rate.partsIn(elapsed, parts, tokens))).isEqualTo(exact[1]);
      }
    }
  }

  @Property
  void waitsAreRoundedUpAndCutToTheLongest(
      @ForAll("rates") Rate rate, @ForAll("many") List<Long> counts, @ForAll("number") long any) {
    long parts = any % rate.periodNanos();
    for (long tokens : counts) {
      BigInteger missing = big(tokens).multiply(big(rate.periodNanos())).subtract(big(parts));
      BigInteger up = missing.add(big(rate.permits() - 1)).divide(big(rate.permits()));
      assertThat(big(rate.nanosFor(tokens, parts))).isEqualTo(up.min(LONGEST));
    }
  }

  @Property
  void aWaitBringsItsTokensAndOneNanosecondLessDoesNot(
      @ForAll("rates") Rate rate, @ForAll("many") List<Long> counts, @ForAll("number") long any) {
    long parts = any % rate.periodNanos();
    for (long tokens : counts) {
      long wait = rate.nanosFor(tokens, parts);
      if (wait < Outcome.MAX_NANOS) {
        assertThat(rate.tokensIn(wait, parts)).isGreaterThanOrEqualTo(tokens);
        assertThat(rate.tokensIn(wait - 1, parts)).isLessThan(tokens);
      }
    }
  }

  @Property
  void wholeNanosecondsAndTheRestAreAllOfIt(
      @ForAll("rates") Rate rate, @ForAll("many") List<Long> counts) {
    for (long tokens : counts) {
      BigInteger[] exact =
          big(tokens).multiply(big(rate.periodNanos())).divideAndRemainder(big(rate.permits()));
      long whole = rate.wholeNanosFor(tokens);
      assertThat(big(whole)).isEqualTo(exact[0].min(LONGEST));
      if (whole < Outcome.MAX_NANOS) {
        assertThat(big(rate.restFor(tokens, whole))).isEqualTo(exact[1]);
      }
    }
  }

  @Provide
  Arbitrary<Rate> rates() {
    return Values.configs().map(config -> Rate.of(config.permits(), config.period()));
  }

  @Provide
  Arbitrary<Long> number() {
    return Values.between(0, Long.MAX_VALUE);
  }

  @Provide
  Arbitrary<List<Long>> many() {
    return Values.between(1, Long.MAX_VALUE).list().ofMaxSize(50);
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
