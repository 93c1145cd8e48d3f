package dev.tollgate.limiter;

import dev.tollgate.limiter.Amount.Mark;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What happens to a bucket next: time goes by, and a call comes. */
record Step(Amount idle, Verb verb, Amount weight, Amount patience) {
  enum Verb {
    CHARGE,
    TAKE
  }

  static Arbitrary<Step> steps() {
    return Combinators.combine(
            idles(), Arbitraries.of(Verb.class), weights(), patiences(Long.MAX_VALUE))
        .as(Step::new);
  }

  static Arbitrary<Amount> idles() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Amount.upTo(0)),
        Tuple.of(3, Amount.upTo(Values.LONGEST_IDLE)),
        Tuple.of(4, Amount.near(Mark.NEXT_TOKEN, Mark.PROMISED, Mark.FULL)));
  }

  static Arbitrary<Amount> weights() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Amount.upTo(1)),
        Tuple.of(2, Amount.upTo(20)),
        Tuple.of(3, Amount.upTo(RateLimitConfig.MAX_CAPACITY)),
        Tuple.of(4, Amount.near(Mark.AVAILABLE, Mark.CAPACITY, Mark.REFUSED)));
  }

  static Arbitrary<Amount> patiences(long most) {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Amount.upTo(0)),
        Tuple.of(3, Amount.upTo(most)),
        Tuple.of(3, Amount.near(Mark.NEEDED)));
  }

  @Override
  public String toString() {
    return "after %s: %s %s within %s".formatted(idle, verb, weight, patience);
  }
}
