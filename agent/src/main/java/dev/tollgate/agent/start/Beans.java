package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.BeanPublisher;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.LimiterRegistry;
import java.util.function.BooleanSupplier;

/**
 * The beans, a second after the start. Asking for the platform's MBean server initialises {@code
 * java.util.logging}, and whoever does that first decides on the log manager of the JVM, so the
 * program is given time for it; and nothing that publishes is loaded before.
 */
final class Beans implements Runnable {
  private static final long HEAD_START_MILLIS = 1_000;

  private final LimiterRegistry registry;
  private final AgentReport report;
  private final AgentHealth health;
  private final Departure departure;
  private final boolean operations;
  private final BooleanSupplier mayUseLogging;
  private final Console console;

  /**
   * @param operations whether beans may change limiters
   * @param mayUseLogging whether initialising {@code java.util.logging} now does no harm
   */
  Beans(
      LimiterRegistry registry,
      AgentReport report,
      AgentHealth health,
      Departure departure,
      boolean operations,
      BooleanSupplier mayUseLogging,
      Console console) {
    this.registry = registry;
    this.report = report;
    this.health = health;
    this.departure = departure;
    this.operations = operations;
    this.mayUseLogging = mayUseLogging;
    this.console = console;
  }

  @Override
  public void run() {
    try {
      Thread.sleep(HEAD_START_MILLIS);
      new BeanPublisher(
              registry, report, health::registry, departure, operations, mayUseLogging, this::fault)
          .run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      fault("no beans: " + e);
    }
  }

  private void fault(String line) {
    report.add(new MissedMethod("", "", line));
    console.error(line);
  }
}
