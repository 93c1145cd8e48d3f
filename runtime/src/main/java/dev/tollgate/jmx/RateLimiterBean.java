package dev.tollgate.jmx;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.management.openmbean.SimpleType;

/** {@code dev.tollgate:type=RateLimiter,name=NAME}. */
final class RateLimiterBean {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String MODE = "mode";
  private static final String RECONFIGURE = "reconfigure";
  private static final String PAUSE_FOR = "pauseFor";
  private static final String RESUME = "resume";
  private static final List<String> OPERATIONS = List.of(MODE, RECONFIGURE, PAUSE_FOR, RESUME);

  private RateLimiterBean() {}

  /** A bean that shows the limiter and changes nothing. */
  static OpenBean of(RateLimiter limiter) {
    return attributes(limiter).build();
  }

  /**
   * @param operations whether the bean may change the limiter
   */
  static OpenBean of(RateLimiter limiter, LimiterRegistry registry, boolean operations) {
    OpenBean.Builder bean = attributes(limiter);
    if (operations) {
      addOperations(bean, limiter, registry);
    } else {
      for (String name : OPERATIONS) {
        bean.withheld(
            name, name + " isn't allowed; jmx.operations = true, at the next start, allows it");
      }
    }
    return bean.build();
  }

  private static OpenBean.Builder attributes(RateLimiter limiter) {
    return OpenBean.describedAs("The rate limiter " + limiter.name() + ", one for the whole JVM")
        .attribute(
            "Permits",
            "Tokens that come back in each period",
            "tokens",
            SimpleType.LONG,
            () -> limiter.config().permits())
        .attribute(
            "PeriodMillis",
            "The period in which they come back, evenly",
            "ms",
            SimpleType.DOUBLE,
            () -> millis(limiter.config().period()))
        .attribute(
            "Burst",
            "Tokens on top of Permits in a full bucket",
            "tokens",
            SimpleType.LONG,
            () -> limiter.config().burst())
        .attribute(
            "Capacity",
            "Tokens in a full bucket: the most that can be granted at one instant",
            "tokens",
            SimpleType.LONG,
            () -> limiter.config().capacity())
        .attribute(
            "Mode",
            "enforce; observe (counts, but nothing waits or is refused); off",
            SimpleType.STRING,
            () -> limiter.config().mode().name().toLowerCase(Locale.ROOT))
        .attribute(
            "AvailablePermits",
            "Tokens in the bucket now",
            "tokens",
            SimpleType.LONG,
            limiter::availablePermits)
        .attribute(
            "TotalRequests",
            "Calls that were admitted or rejected so far",
            "calls",
            SimpleType.LONG,
            () -> limiter.stats().totalRequests())
        .attribute(
            "AdmittedRequests",
            "Calls that got their permit so far",
            "calls",
            SimpleType.LONG,
            () -> limiter.stats().admittedRequests())
        .attribute(
            "RejectedRequests",
            "Calls that were refused, or interrupted while they waited, so far",
            "calls",
            SimpleType.LONG,
            () -> limiter.stats().rejectedRequests())
        .attribute(
            "RejectionRate",
            "RejectedRequests of TotalRequests, 0 to 1",
            SimpleType.DOUBLE,
            () -> limiter.stats().rejectionRate())
        .attribute(
            "AverageWaitMillis",
            "Mean wait of the admitted calls, those that didn't wait included",
            "ms",
            SimpleType.DOUBLE,
            () -> millis(limiter.stats().averageWait()))
        .attribute(
            "MaxWaitMillis",
            "Longest wait of an admitted call",
            "ms",
            SimpleType.DOUBLE,
            () -> millis(limiter.stats().maxWait()))
        .attribute(
            "Waiting",
            "Calls that wait for their permit now",
            "calls",
            SimpleType.LONG,
            () -> limiter.stats().waiting())
        .attribute(
            "RetryAfterMillis",
            "How long until one token can be taken, rounded up; 0 if there is one now",
            "ms",
            SimpleType.LONG,
            () -> (long) Math.ceil(millis(limiter.retryAfter(1))));
  }

  private static void addOperations(
      OpenBean.Builder bean, RateLimiter limiter, LimiterRegistry registry) {
    bean.action(
        MODE,
        "Puts the limiter into another mode; where it doesn't enforce, calls that wait go at once",
        "name",
        "enforce, observe or off",
        name -> {
          registry.mode(limiter.name(), mode(name));
          return null;
        });
    bean.action(
        RECONFIGURE,
        "Changes the rate and the size of the bucket at once: it keeps its share of tokens, and"
            + " calls that wait are promised new moments. A capacity that was given in place of"
            + " permits + burst stays while burst does; with another burst it is permits + burst",
        LimiterChanges.RECONFIGURE,
        arguments -> limiter.reconfigure(LimiterChanges.config(limiter.config(), arguments)));
    bean.action(
        PAUSE_FOR,
        "Grants nothing for so long, at most a day at a time, after which the bucket begins again,"
            + " empty; a pause can only be made longer, and resume ends it",
        LimiterChanges.PAUSE_FOR,
        arguments -> limiter.pauseFor(LimiterChanges.pause(arguments)));
    bean.action(
        RESUME,
        "Ends a pause now: the bucket begins again, empty, and calls that wait are promised earlier"
            + " moments. Does nothing if there is no pause",
        limiter::resume);
  }

  private static LimiterMode mode(String name) {
    for (LimiterMode mode : LimiterMode.values()) {
      if (mode.name().equalsIgnoreCase(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "'" + name + "' is not a mode; there are enforce, observe and off");
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / NANOS_PER_MILLI;
  }
}
