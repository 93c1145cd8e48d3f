package dev.tollgate.agent.weave;

import dev.tollgate.RateLimited;

/** Methods of several limits. */
final class JointSamples {
  private JointSamples() {}

  static class Methods {
    @RateLimited("limit")
    @RateLimited(value = "other", weight = 5)
    static String staticOne() {
      return "static";
    }

    @RateLimited("limit")
    @RateLimited(value = "other", weight = 5)
    String instance() {
      return "instance";
    }

    @RateLimited(value = "limit", weight = 2)
    @RateLimited(value = "limit", weight = 3)
    static void sameTwice() {}

    @RateLimited("limit")
    @RateLimited(value = "other", weight = 1_000_000)
    static void tooMuchOfTheSecond() {}

    @RateLimited("limit")
    @RateLimited("nobodys")
    static String ofAnUnknownOne() {
      return "went on";
    }
  }

  @RateLimited("limit")
  @RateLimited(value = "other", weight = 5)
  static class Type {
    public String outer() {
      return inner();
    }

    public String inner() {
      return "inner";
    }
  }
}
