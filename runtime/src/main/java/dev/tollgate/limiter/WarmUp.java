package dev.tollgate.limiter;

/**
 * The time that a bucket goes by while its limiter warms up: it begins at a third of the speed of
 * the clock and reaches the whole after {@code nanos}. A bucket that is asked in this time gains a
 * third of its rate at first and more and more of it later, and everything else about it stays
 * exact.
 *
 * <p>The speed after t is 1/3 + 2/3·t/W, so the time that has gone by is t·(W + t) / 3W, and at the
 * end, 2/3·W. A third is what Guava's and Sentinel's limiters begin with, too ("cold factor 3").
 *
 * @param begin the moment of the clock when it began
 * @param nanos W, more than 0
 */
record WarmUp(long begin, long nanos) {

  /** The bucket's time at {@code moment} of the clock, rounded down. */
  long bucketTime(long moment) {
    return begin + elapsed(moment - begin);
  }

  /** The first moment of the clock at which the bucket's time is {@code moment}. */
  long clockTime(long moment) {
    long elapsed = moment - begin;
    if (elapsed <= 0) {
      return moment;
    }
    if (elapsed >= whole()) {
      return moment - whole() + nanos;
    }
    long low = 0;
    long high = nanos;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (elapsed(middle) >= elapsed) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return begin + low;
  }

  private long elapsed(long time) {
    if (time <= 0) {
      return time;
    }
    if (time >= nanos) {
      return time - nanos + whole();
    }
    long sum = nanos + time;
    return Wide.divide(Math.multiplyHigh(time, sum), time * sum, 3 * nanos);
  }

  /** The bucket's time when the limiter is warm. */
  private long whole() {
    return 2 * nanos / 3;
  }
}
