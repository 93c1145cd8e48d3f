package dev.tollgate.health;

/** The JVM, for whoever reads the report: a JVM that runs this is well. */
final class JavaCheck implements HealthCheck {
  @Override
  public HealthResult check() {
    return HealthResult.healthy(
        Runtime.version()
            + ", "
            + System.getProperty("java.vendor", "unknown vendor")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
  }
}
