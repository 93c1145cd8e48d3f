import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import dev.tollgate.limiter.RateLimiters;
import java.time.Duration;
import java.util.Objects;

/** Prints for each case what it was charged, and WRONG where that isn't what it should be. */
final class Tally {
  static final RateLimiter COUNT =
      RateLimiters.register("count", RateLimitConfig.of(1_000_000, Duration.ofHours(1)));
  static final RateLimiter OTHER =
      RateLimiters.register("other", RateLimitConfig.of(1_000_000, Duration.ofHours(1)));

  interface Body {
    void run() throws Throwable;
  }

  static void charges(int expected, String what, Body body) {
    charges(expected, 0, what, body);
  }

  static void charges(int expected, int expectedOfOther, String what, Body body) {
    long count = COUNT.stats().admittedRequests();
    long other = OTHER.stats().admittedRequests();
    String fault = "";
    try {
      body.run();
    } catch (Throwable e) {
      fault = " threw " + e;
    }
    count = COUNT.stats().admittedRequests() - count;
    other = OTHER.stats().admittedRequests() - other;
    boolean right = count == expected && other == expectedOfOther && fault.isEmpty();
    String charged = count + (other == 0 ? "" : " and " + other + " of other");
    String wanted = expected + (expectedOfOther == 0 ? "" : " and " + expectedOfOther);
    System.out.println(
        (right ? "right: " + what : "WRONG: " + what + ", not " + wanted)
            + " charged "
            + charged
            + fault);
  }

  static void same(Object expected, Object actual) {
    if (!Objects.deepEquals(expected, actual)) {
      throw new AssertionError("is " + actual + ", not " + expected);
    }
  }

  static void throwing(String message, Body body) throws Throwable {
    try {
      body.run();
    } catch (IllegalStateException e) {
      same(message, e.getMessage());
      return;
    }
    throw new AssertionError("nothing thrown");
  }
}
