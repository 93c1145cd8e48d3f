package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Grants and their moments, to be held against the bound of the limiter. */
final class GrantLog {
  private record Grant(BigInteger moment, long weight) {}

  private final List<Grant> grants = new ArrayList<>();

  void add(BigInteger moment, long weight) {
    grants.add(new Grant(moment, weight));
  }

  /**
   * Fails if any window holds more than {@code capacity + rate·Δ} tokens. Only windows that begin
   * and end with a grant can be the worst. One pass: a window's excess is what the sum of tokens
   * less {@code rate·time} grew by in it.
   */
  void checkEveryWindow(RateLimitConfig config, String what) {
    grants.sort(Comparator.comparing(Grant::moment));
    BigInteger permits = BigInteger.valueOf(config.permits());
    BigInteger period = BigInteger.valueOf(config.period().toNanos());
    BigInteger allowed = BigInteger.valueOf(config.capacity()).multiply(period);
    BigInteger sum = BigInteger.ZERO;
    BigInteger lowest = null;
    for (Grant grant : grants) {
      BigInteger refilled = grant.moment.multiply(permits);
      BigInteger before = sum.multiply(period).subtract(refilled);
      lowest = lowest == null ? before : lowest.min(before);
      sum = sum.add(BigInteger.valueOf(grant.weight));
      BigInteger inWorstWindow = sum.multiply(period).subtract(refilled).subtract(lowest);
      assertThat(inWorstWindow)
          .as("%s: tokens · period in the worst window that ends at %s", what, grant.moment)
          .isLessThanOrEqualTo(allowed);
    }
  }

  int size() {
    return grants.size();
  }
}
