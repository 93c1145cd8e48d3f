package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.BeanPublisher;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.LimiterRegistry;

/**
 * The beans, from the moment on when the platform's MBean server is there. They don't make it, and
 * nothing that publishes is loaded before.
 */
final class Beans implements Runnable {
  private final LimiterRegistry registry;
  private final AgentReport report;
  private final AgentHealth health;
  private final Departure departure;
  private final boolean operations;
  private final PlatformServer server;
  private final Console console;

  /**
   * @param operations whether beans may change limiters
   * @param server waited for
   */
  Beans(
      LimiterRegistry registry,
      AgentReport report,
      AgentHealth health,
      Departure departure,
      boolean operations,
      PlatformServer server,
      Console console) {
    this.registry = registry;
    this.report = report;
    this.health = health;
    this.departure = departure;
    this.operations = operations;
    this.server = server;
    this.console = console;
  }

  @Override
  public void run() {
    try {
      server.awaitFactory();
      new BeanPublisher(
              registry, report, health::registry, departure, operations, server, this::fault)
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
