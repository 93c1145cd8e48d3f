package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.demo.Waits;
import dev.tollgate.agent.cli.demo.WaitsReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/** Reads the waits from a limiter's bean. */
final class LimiterWaits implements WaitsReader {
  /** A connection to this very machine may still run into a firewall, and hang. */
  private static final long PATIENCE_SECONDS = 5;

  @Override
  public Optional<Waits> read(long pid, String limiter) throws InterruptedException {
    FutureTask<Waits> reading = new FutureTask<>(() -> readNow(pid, limiter));
    Thread thread = new Thread(reading, "tollgate-jmx");
    thread.setDaemon(true);
    thread.start();
    try {
      return Optional.of(reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  private static Waits readNow(long pid, String limiter) throws IOException, JMException {
    ObjectName bean = new ObjectName("dev.tollgate:type=RateLimiter,name=" + limiter);
    try (JmxConnection connection = JmxConnection.open(pid)) {
      MBeanServerConnection beans = connection.beans();
      return new Waits(
          millis(beans.getAttribute(bean, "AverageWaitMillis")),
          millis(beans.getAttribute(bean, "MaxWaitMillis")));
    }
  }

  private static Duration millis(Object attribute) {
    return Duration.ofNanos(Math.round(((Number) attribute).doubleValue() * 1e6));
  }
}
