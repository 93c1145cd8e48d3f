package dev.tollgate.agent.cli.jvm;

/** From the attributes of a bean {@code type=RateLimiter} to a record of them. */
final class LimiterAttributes {
  static final String[] NAMES = {
    "Permits",
    "PeriodMillis",
    "Burst",
    "Capacity",
    "Mode",
    "AvailablePermits",
    "TotalRequests",
    "AdmittedRequests",
    "RejectedRequests",
    "RejectionRate",
    "AverageWaitMillis",
    "MaxWaitMillis",
    "Waiting",
    "RetryAfterMillis"
  };

  private LimiterAttributes() {}

  static LimiterReading reading(String name, Attributes limiter, long nanos)
      throws NoAnswerException {
    return new LimiterReading(
        name,
        limiter.number("Permits").longValue(),
        limiter.number("PeriodMillis").doubleValue(),
        limiter.number("Burst").longValue(),
        limiter.number("Capacity").longValue(),
        limiter.text("Mode"),
        limiter.number("AvailablePermits").longValue(),
        limiter.number("TotalRequests").longValue(),
        limiter.number("AdmittedRequests").longValue(),
        limiter.number("RejectedRequests").longValue(),
        limiter.number("RejectionRate").doubleValue(),
        limiter.number("AverageWaitMillis").doubleValue(),
        limiter.number("MaxWaitMillis").doubleValue(),
        limiter.number("Waiting").longValue(),
        limiter.number("RetryAfterMillis").longValue(),
        nanos);
  }
}
