package dev.tollgate.limiter;

import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A number told by what it is near to, which is known only when its turn comes. */
record Amount(Mark near, long more) {
  enum Mark {
    NOTHING,
    CAPACITY,
    AVAILABLE,
    /** The weight that was refused last. */
    REFUSED,
    /** Until that weight is there, by what its refusal said. */
    PROMISED,
    /** Until one more token is there. */
    NEXT_TOKEN,
    /** Until all are there. */
    FULL,
    /** Until this call's own weight is there. */
    NEEDED
  }

  /** Within two of one of these. */
  static Arbitrary<Amount> near(Mark... marks) {
    return Combinators.combine(Arbitraries.of(marks), Arbitraries.longs().between(-2, 2))
        .as(Amount::new);
  }

  static Arbitrary<Amount> upTo(long most) {
    return Values.between(0, most).map(more -> new Amount(Mark.NOTHING, more));
  }

  /** Cut to what lies between 0 and {@code most}. */
  long in(ToLongFunction<Mark> marks, long most) {
    long mark = near == Mark.NOTHING ? 0 : marks.applyAsLong(near);
    long sum = mark > Long.MAX_VALUE - Math.max(0, more) ? Long.MAX_VALUE : mark + more;
    return Math.max(0, Math.min(sum, most));
  }

  @Override
  public String toString() {
    if (near == Mark.NOTHING) {
      return Long.toString(more);
    }
    return more == 0 ? near.toString() : near + (more > 0 ? "+" : "") + more;
  }
}
