package dev.tollgate.agent.weave;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.RateLimited;
import dev.tollgate.Weight;
import java.util.concurrent.RejectedExecutionException;

/** Fallbacks of each shape, and methods whose first frame they must not disturb. */
final class FallbackSamples {
  private FallbackSamples() {}

  static class Methods {
    @RateLimited(value = "limit", fallback = "plain")
    String ofPlain(int a, long b, double c, String d) {
      return "body";
    }

    private String plain(int a, long b, double c, String d) {
      return "plain " + a + b + c + d;
    }

    @RateLimited(value = "limit", fallback = "told")
    static long ofTold(long wide) {
      return wide;
    }

    static long told(long wide) {
      throw new AssertionError("the one that is told is preferred");
    }

    static long told(long wide, Throwable refusal) {
      return -wide - refusal.getMessage().length();
    }

    @RateLimited(value = "limit", fallback = "exact")
    String ofExact() {
      return "body";
    }

    static String exact(RateLimitExceededException refusal) {
      return refusal.limiter();
    }

    @RateLimited(value = "limit", fallback = "rejected")
    void ofRejected(int[] calls) {
      calls[0]++;
    }

    protected void rejected(int[] calls, RejectedExecutionException refusal) {
      calls[1]++;
    }

    /** Its first instruction is the target of a jump. */
    @RateLimited(value = "limit", fallback = "notLooped")
    static int loop(int left) {
      while (true) {
        if (--left <= 0) {
          return left;
        }
      }
    }

    static int notLooped(int left) {
      return -left;
    }

    @RateLimited(value = "limit", fallback = "neverAsked")
    static String fails() {
      throw new RateLimitExceededException("its own", "x", java.time.Duration.ZERO, null);
    }

    static String neverAsked() {
      return "fallback";
    }

    @RateLimited(value = "nobodys", fallback = "neverAsked")
    static String unknown() {
      return "body";
    }

    @RateLimited(value = "limit", fallback = "weighed")
    static String ofWeight(@Weight int weight) {
      return "body";
    }

    static String weighed(int weight) {
      return "fallback";
    }

    @RateLimited(value = "limit", fallback = "limitedItself")
    static String first() {
      return "body";
    }

    @RateLimited("other")
    static String limitedItself() {
      return "second";
    }

    @RateLimited("limit")
    @RateLimited(value = "other", fallback = "neverAsked")
    static String ofSeveral() {
      return "body";
    }

    @RateLimited(value = "limit", fallback = "throwsItself")
    static String ofThrowing() {
      return "body";
    }

    static String throwsItself() {
      throw new IllegalStateException("no answer either");
    }
  }

  @RateLimited(value = "limit", fallback = "otherwise")
  static class Type {
    static final RuntimeException ITS_OWN = new IllegalStateException("its own");

    public long outer(boolean deeper) {
      if (deeper) {
        return outer(false);
      }
      return 1;
    }

    private long otherwise(boolean deeper, Throwable refusal) {
      return -1;
    }

    /** No stack to speak of, and two slots to answer with. */
    public static long shallow() {
      throw ITS_OWN;
    }

    private static long otherwise() {
      return -2;
    }
  }

  interface Defaults {
    @RateLimited(value = "limit", fallback = "otherwise")
    default String ofDefault() {
      return "body";
    }

    private String otherwise() {
      return "private of interface";
    }
  }

  static class Implements implements Defaults {}

  static class Base {
    @RateLimited(value = "limit", fallback = "otherwise")
    final String ofBase() {
      return "body";
    }

    String otherwise() {
      return "base";
    }
  }

  static class Derived extends Base {
    @Override
    String otherwise() {
      return "derived";
    }
  }
}
