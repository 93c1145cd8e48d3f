package dev.tollgate.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this package passes through the door as JDK types, and back. */
@SuppressWarnings("unchecked") // What stands where is fixed by the door's protocol.
final class HealthDoorTypes {
  private HealthDoorTypes() {}

  static Callable<Object @Nullable []> of(HealthCheck check) {
    return () -> {
      // Null is what no check may return, and some will: the other side says so.
      @Nullable HealthResult result = check.check();
      return result == null
          ? null
          : new Object[] {result.status().name(), result.detail(), result.ready()};
    };
  }

  @SuppressWarnings("NullAway") // A check that returns null does so on this side too.
  static HealthCheck check(Object given) {
    Callable<Object @Nullable []> check = (Callable<Object @Nullable []>) given;
    return () -> {
      Object[] result = check.call();
      return result == null
          ? null
          : new HealthResult(
              HealthStatus.valueOf((String) result[0]), (String) result[1], (Boolean) result[2]);
    };
  }

  static Object @Nullable [] of(@Nullable CheckOptions options) {
    return options == null
        ? null
        : new Object[] {
          options.interval(),
          options.timeout(),
          options.critical(),
          options.failures(),
          options.successes()
        };
  }

  static @Nullable CheckOptions options(@Nullable Object given) {
    if (given == null) {
      return null;
    }
    Object[] options = (Object[]) given;
    return new CheckOptions(
        (Duration) options[0],
        (Duration) options[1],
        (Boolean) options[2],
        (Integer) options[3],
        (Integer) options[4]);
  }

  static CacheSource cache(LongSupplier[] counters) {
    return new CacheSource() {
      @Override
      public long hits() {
        return counters[0].getAsLong();
      }

      @Override
      public long misses() {
        return counters[1].getAsLong();
      }
    };
  }

  static CircuitBreakerSource breaker(Object[] given) {
    BooleanSupplier open = (BooleanSupplier) given[0];
    Supplier<String> state = (Supplier<String>) given[1];
    return new CircuitBreakerSource() {
      @Override
      public boolean isOpen() {
        return open.getAsBoolean();
      }

      @Override
      public String state() {
        return state.get();
      }
    };
  }

  static Runnable[] of(Heartbeat heartbeat) {
    return new Runnable[] {heartbeat::beat, heartbeat::close};
  }

  static Heartbeat heartbeat(Runnable[] given) {
    return new Heartbeat() {
      @Override
      public void beat() {
        given[0].run();
      }

      @Override
      public void close() {
        given[1].run();
      }
    };
  }

  static BiConsumer<Object[], Object[]> of(HealthListener listener) {
    return (before, after) -> listener.changed(report(before), report(after));
  }

  static HealthListener listener(BiConsumer<Object[], Object[]> listener) {
    return (before, after) -> listener.accept(of(before), of(after));
  }

  static Object[] of(HealthReport report) {
    List<Object[]> checks = new ArrayList<>();
    for (CheckReport check : report.checks()) {
      checks.add(
          new @Nullable Object[] {
            check.name(),
            check.status().name(),
            check.detail(),
            check.critical(),
            check.duration(),
            check.lastChecked(),
            check.stale()
          });
    }
    return new Object[] {
      report.status().name(),
      report.ready(),
      report.readinessIssues(),
      report.live(),
      report.livenessIssues(),
      checks
    };
  }

  static HealthReport report(Object[] given) {
    List<CheckReport> checks = new ArrayList<>();
    for (@Nullable Object[] check : (List<@Nullable Object[]>) given[5]) {
      checks.add(
          new CheckReport(
              (String) present(check[0]),
              HealthStatus.valueOf((String) present(check[1])),
              (String) present(check[2]),
              (Boolean) present(check[3]),
              (Duration) present(check[4]),
              (Instant) check[5],
              (Boolean) present(check[6])));
    }
    return new HealthReport(
        HealthStatus.valueOf((String) given[0]),
        (Boolean) given[1],
        (List<String>) given[2],
        (Boolean) given[3],
        (List<String>) given[4],
        checks);
  }

  private static Object present(@Nullable Object value) {
    return Objects.requireNonNull(value);
  }
}
