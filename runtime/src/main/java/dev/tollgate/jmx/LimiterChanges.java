package dev.tollgate.jmx;

import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.List;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenMBeanParameterInfoSupport;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of operations that change a limiter. Any number will do for a number: clients don't
 * agree on what 60000 is.
 */
final class LimiterChanges {
  static final List<OpenMBeanParameterInfo> RECONFIGURE =
      List.of(
          new OpenMBeanParameterInfoSupport(
              "permits", "Tokens that come back in each period, 1 or more", SimpleType.LONG),
          new OpenMBeanParameterInfoSupport(
              "periodMillis", "The period in milliseconds, more than 0", SimpleType.DOUBLE),
          new OpenMBeanParameterInfoSupport(
              "burst", "Tokens on top of permits in a full bucket, 0 or more", SimpleType.LONG));

  static final List<OpenMBeanParameterInfo> PAUSE_FOR =
      List.of(
          new OpenMBeanParameterInfoSupport(
              "millis",
              "How long, in milliseconds, 0 to 86400000, which is a day",
              SimpleType.LONG));

  /** A slip of the hand may cost a day and no more. */
  private static final long LONGEST_PAUSE_MILLIS = 86_400_000;

  private static final double NANOS_PER_MILLI = 1e6;

  private LimiterChanges() {}

  /**
   * {@code current} with what {@link #RECONFIGURE} names.
   *
   * @throws IllegalArgumentException if that is impossible; the message names the parameter
   */
  static RateLimitConfig config(RateLimitConfig current, Object[] arguments) {
    long permits = whole("permits", arguments[0]);
    Duration period = period(number("periodMillis", arguments[1]).doubleValue());
    long burst = whole("burst", arguments[2]);
    RateLimitConfig changed =
        RateLimitConfig.of(permits, period)
            .withBurst(burst)
            .withTimeout(current.timeout())
            .withMode(current.mode())
            .withMaxWaiting(current.maxWaiting())
            .withMaxKeys(current.maxKeys())
            .withWarmUp(current.warmUp());
    return current.explicitCapacity().isPresent() && burst == current.burst()
        ? changed.withCapacity(current.capacity())
        : changed;
  }

  /**
   * What {@link #PAUSE_FOR} names.
   *
   * @throws IllegalArgumentException if it isn't there, is negative or longer than a day
   */
  static Duration pause(Object[] arguments) {
    long millis = whole("millis", arguments[0]);
    if (millis < 0) {
      throw wrong("millis", millis, "0 or more");
    }
    if (millis > LONGEST_PAUSE_MILLIS) {
      throw wrong("millis", millis, "at most 86400000, which is a day");
    }
    return Duration.ofMillis(millis);
  }

  private static Duration period(double millis) {
    double most = RateLimitConfig.MAX_PERIOD.toMillis();
    if (!(millis > 0) || millis > most) {
      throw wrong("periodMillis", millis, "more than 0 and at most 31622400000, which is 366 days");
    }
    long nanos = Math.round(millis * NANOS_PER_MILLI);
    if (nanos == 0) {
      throw wrong("periodMillis", millis, "at least a nanosecond, 0.000001");
    }
    return Duration.ofNanos(nanos);
  }

  private static long whole(String parameter, @Nullable Object argument) {
    Number number = number(parameter, argument);
    if (number.doubleValue() != number.longValue()) {
      throw wrong(parameter, number, "a whole number");
    }
    return number.longValue();
  }

  private static Number number(String parameter, @Nullable Object argument) {
    if (argument instanceof Number number) {
      return number;
    }
    // A text may look like a number.
    throw wrong(
        parameter, argument instanceof String ? "'" + argument + "'" : argument, "a number");
  }

  private static IllegalArgumentException wrong(
      String parameter, @Nullable Object argument, String right) {
    return new IllegalArgumentException(parameter + " is " + argument + "; it must be " + right);
  }
}
