package dev.tollgate.agent.cli;

import java.lang.management.ManagementFactory;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/**
 * Beans of exactly the shape that Tollgate's have, with whatever values a test wants. Needs the JDK
 * alone, so it is a program too.
 */
public final class FakeTollgate {
  private final MBeanServer server;
  private final FakeBean agent = new FakeBean();
  private final FakeBean health = new FakeBean();
  private final TabularDataSupport checks;

  /** Healthy, and without checks. */
  public FakeTollgate(MBeanServer server) throws OpenDataException {
    this.server = server;
    agent.put("Version", "1.2.3");
    agent.put("ConfigSource", "defaults");
    agent.put("ReloadFailure", "");
    checks =
        new TabularDataSupport(
            new TabularType("Checks", "checks", checkType(), new String[] {"name"}));
    status("HEALTHY").ready().live();
    health.put("Pid", 4711L);
    health.put("UptimeSeconds", 75.5);
    health.put("Checks", checks);
  }

  /** HEALTHY, DEGRADED or UNHEALTHY. */
  public FakeTollgate status(String status) {
    health.put("Status", status);
    health.put("StatusCode", code(status));
    return this;
  }

  /** Ready, where there are no issues. */
  public FakeTollgate ready(String... issues) {
    health.put("Ready", issues.length == 0);
    health.put("ReadinessIssues", issues);
    return this;
  }

  /** Live, where there are no issues. */
  public FakeTollgate live(String... issues) {
    health.put("Live", issues.length == 0);
    health.put("LivenessIssues", issues);
    return this;
  }

  /** Any attribute of the health bean. */
  public FakeTollgate health(String attribute, Object value) {
    health.put(attribute, value);
    return this;
  }

  /** Without an attribute of the health bean. */
  public FakeTollgate healthWithout(String attribute) {
    health.remove(attribute);
    return this;
  }

  /** Any attribute of the agent's bean. */
  public FakeTollgate agent(String attribute, Object value) {
    agent.put(attribute, value);
    return this;
  }

  /** Without an attribute of the agent's bean. */
  public FakeTollgate agentWithout(String attribute) {
    agent.remove(attribute);
    return this;
  }

  /** One more check. */
  public FakeTollgate check(
      String name, String status, String detail, boolean critical, Date lastChecked, boolean stale)
      throws OpenDataException {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("status", status);
    row.put("statusCode", code(status));
    row.put("detail", detail);
    row.put("critical", critical);
    row.put("durationMillis", 0.25);
    row.put("lastChecked", lastChecked);
    row.put("stale", stale);
    checks.put(new CompositeDataSupport(checkType(), row));
    return this;
  }

  /** The agent's bean is there from now on. */
  public FakeTollgate registerAgent() throws JMException {
    server.registerMBean(agent, name("type=Agent"));
    return this;
  }

  /** The health bean is there from now on. */
  public FakeTollgate registerHealth() throws JMException {
    server.registerMBean(health, name("type=Health"));
    return this;
  }

  /** A limiter's bean is there from now on; its attributes may be changed. */
  public FakeBean registerLimiter(String limiter) throws JMException {
    FakeBean bean = new FakeBean();
    bean.put("Permits", 80L);
    bean.put("PeriodMillis", 60_000.0);
    bean.put("Burst", 20L);
    bean.put("Capacity", 100L);
    bean.put("Mode", "enforce");
    bean.put("AvailablePermits", 97L);
    bean.put("TotalRequests", 5L);
    bean.put("AdmittedRequests", 4L);
    bean.put("RejectedRequests", 1L);
    bean.put("RejectionRate", 0.2);
    bean.put("AverageWaitMillis", 1.5);
    bean.put("MaxWaitMillis", 6.0);
    bean.put("Waiting", 0L);
    bean.put("RetryAfterMillis", 0L);
    server.registerMBean(bean, name("type=RateLimiter,name=" + limiter));
    return bean;
  }

  private static int code(String status) {
    return switch (status) {
      case "HEALTHY" -> 0;
      case "DEGRADED" -> 1;
      case "UNHEALTHY" -> 2;
      default -> 3;
    };
  }

  private static ObjectName name(String keys) throws JMException {
    return new ObjectName("dev.tollgate:" + keys);
  }

  private static CompositeType checkType() throws OpenDataException {
    Map<String, OpenType<?>> columns = new LinkedHashMap<>();
    columns.put("name", SimpleType.STRING);
    columns.put("status", SimpleType.STRING);
    columns.put("statusCode", SimpleType.INTEGER);
    columns.put("detail", SimpleType.STRING);
    columns.put("critical", SimpleType.BOOLEAN);
    columns.put("durationMillis", SimpleType.DOUBLE);
    columns.put("lastChecked", SimpleType.DATE);
    columns.put("stale", SimpleType.BOOLEAN);
    String[] names = columns.keySet().toArray(String[]::new);
    return new CompositeType(
        "Check", "a check", names, names, columns.values().toArray(OpenType<?>[]::new));
  }

  /**
   * A program with such beans, which runs until its standard input ends.
   *
   * @param arguments "health=STATUS", "ready=ISSUE", "live=ISSUE" "limiter=NAME" and
   *     "foreign=NAME", any of them
   */
  public static void main(String[] arguments) throws Exception {
    FakeTollgate tollgate = new FakeTollgate(ManagementFactory.getPlatformMBeanServer());
    tollgate.registerAgent().check("disk", "DEGRADED", "4.2 GB of 80 GB free", true, null, false);
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      options.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    tollgate.health("Pid", ProcessHandle.current().pid());
    if (options.containsKey("ready")) {
      tollgate.ready(options.get("ready"));
    }
    if (options.containsKey("live")) {
      tollgate.live(options.get("live"));
    }
    if (options.containsKey("limiter")) {
      tollgate.registerLimiter(options.get("limiter"));
    }
    if (options.containsKey("foreign")) {
      // One that can't be sent, and one that isn't taken.
      tollgate.registerLimiter(options.get("foreign") + "1").put("Permits", new Object());
      Object ours = new PriorityQueue<>(List.of("a"));
      tollgate.registerLimiter(options.get("foreign") + "2").put("Permits", ours);
    }
    if (options.containsKey("health")) {
      tollgate.status(options.get("health")).registerHealth();
    }
    System.out.println("started");
    System.in.read();
  }
}
