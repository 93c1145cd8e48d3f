package dev.tollgate.agent.weave;

import java.util.List;

/** One {@code @RateLimited} as it stands in a class file, unchecked. */
record Declaration(
    String limiter,
    long weight,
    String timeout,
    String fallback,
    long permits,
    String period,
    long burst) {

  // Names, not classes: the program may carry another version of the annotations, or none.
  static final String RATE_LIMITED = "Ldev/tollgate/RateLimited;";
  static final String RATE_LIMITED_LIST = "Ldev/tollgate/RateLimited$List;";
  static final String WEIGHT = "Ldev/tollgate/Weight;";
  static final String LIMIT_KEY = "Ldev/tollgate/LimitKey;";
  static final String EXCEPTION = "dev/tollgate/RateLimitExceededException";

  /** The first fallback that one of {@code declarations} names; empty for none. */
  static String fallback(List<Declaration> declarations) {
    for (Declaration declaration : declarations) {
      if (!declaration.fallback().isEmpty()) {
        return declaration.fallback();
      }
    }
    return "";
  }

  /** Whether it says anything of what the limiter allows. */
  boolean definesLimiter() {
    return permits != 0 || !period.isEmpty() || burst != 0;
  }
}
