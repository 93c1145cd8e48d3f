package dev.tollgate.agent.cli.demo;

import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.health.HealthReport;
import java.time.Duration;
import java.util.Optional;

/**
 * What Tollgate in a client's JVM said at the end of a run, while that JVM still lived.
 *
 * @param reading empty where it could not be asked
 * @param problem why it could not be asked, or not for its health; empty if it could
 */
public record Observation(Optional<Reading> reading, String problem) {
  private static final double NANOS_PER_MILLI = 1e6;

  static final Observation WITHOUT_AGENT = new Observation(Optional.empty(), "there is no agent");

  /** Asks now. */
  public static Observation of(JvmReader reader, long pid) throws InterruptedException {
    try {
      Reading reading = reader.read(pid);
      boolean healthy = reading.health().isPresent();
      return new Observation(
          Optional.of(reading), healthy ? "" : TollgateJvm.noHealth(pid).getMessage());
    } catch (NoAnswerException e) {
      return new Observation(Optional.empty(), e.getMessage());
    }
  }

  /** Empty where it could not be read. */
  public Optional<HealthReport> health() {
    return reading.flatMap(Reading::health).map(HealthReading::report);
  }

  /** Empty where they could not be read. */
  public Optional<Waits> waits() {
    return reading.stream()
        .flatMap(read -> read.limiters().stream())
        .filter(limiter -> limiter.name().equals(Scenario.LIMITER))
        .map(Observation::waits)
        .findFirst();
  }

  private static Waits waits(LimiterReading limiter) {
    return new Waits(millis(limiter.averageWaitMillis()), millis(limiter.maxWaitMillis()));
  }

  private static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
  }
}
