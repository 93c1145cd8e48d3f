import dev.tollgate.RateLimitExceededException;
import dev.tollgate.RateLimited;
import dev.tollgate.UnknownLimiterException;
import dev.tollgate.limiter.RateLimiters;

/** What a web application might do, and be refused, each time it is deployed. */
public class WebApp implements Runnable {
  @RateLimited("many")
  public static class Type {
    public int outer() {
      return inner();
    }

    public int inner() {
      return 1;
    }
  }

  @RateLimited(value = "of_the_app", permits = 1000000, period = "1h")
  static void defined() {}

  @RateLimited(value = "none", timeout = "0")
  static void refused() {}

  @RateLimited("nobodys")
  static void unknown() {}

  @RateLimited("many")
  static native void missed();

  @Override
  public void run() {
    new Type().outer();
    defined();
    try {
      refused();
      refused();
      throw new IllegalStateException("not refused");
    } catch (RateLimitExceededException e) {
      // As expected.
    }
    try {
      unknown();
      throw new IllegalStateException("not refused");
    } catch (UnknownLimiterException e) {
      // As expected.
    }
    RateLimiters.get("many").run(Type::new);
  }
}
