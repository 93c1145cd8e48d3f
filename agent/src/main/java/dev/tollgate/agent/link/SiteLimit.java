package dev.tollgate.agent.link;

import java.util.List;

/**
 * One limit of a call site.
 *
 * @param weight tokens, where no argument says how many
 * @param timeoutNanos the longest wait; negative for the limiter's own
 * @param group which of the depths counts: it takes where that is 0; or {@link #NO_GROUP}
 * @param weightArgument which argument behind the depths is the weight, or {@link #NO_ARGUMENT}
 * @param keyArguments which of them are the key; empty where there is none
 */
public record SiteLimit(
    String limiter,
    long weight,
    long timeoutNanos,
    int group,
    int weightArgument,
    List<Integer> keyArguments) {

  /** It is taken at each execution. */
  public static final int NO_GROUP = -1;

  /** The weight is no argument. */
  public static final int NO_ARGUMENT = -1;

  boolean hasArguments() {
    return weightArgument != NO_ARGUMENT || !keyArguments.isEmpty();
  }
}
