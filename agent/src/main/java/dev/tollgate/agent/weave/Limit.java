package dev.tollgate.agent.weave;

import java.util.List;

/**
 * What one woven call takes.
 *
 * @param weight tokens, where no parameter says how many
 * @param timeoutNanos the longest wait; negative for the limiter's own
 * @param group index of the method's group that it is counted by, or {@link #NO_GROUP}
 * @param weightParameter index of the method's parameter that is the weight, or {@link
 *     #NO_PARAMETER}
 * @param keyParameters indexes of those that are the key; empty where there is none
 */
record Limit(
    String limiter,
    long weight,
    long timeoutNanos,
    int group,
    int weightParameter,
    List<Integer> keyParameters) {

  /** Taken at each execution, whatever the thread is inside of. */
  static final int NO_GROUP = -1;

  /** The weight is none. */
  static final int NO_PARAMETER = -1;

  /** A limit that speaks of no parameter. */
  Limit(String limiter, long weight, long timeoutNanos, int group) {
    this(limiter, weight, timeoutNanos, group, NO_PARAMETER, List.of());
  }

  /** The same, with what the method's parameters are to it. */
  Limit of(int newWeightParameter, List<Integer> newKeyParameters) {
    return new Limit(limiter, weight, timeoutNanos, group, newWeightParameter, newKeyParameters);
  }
}
