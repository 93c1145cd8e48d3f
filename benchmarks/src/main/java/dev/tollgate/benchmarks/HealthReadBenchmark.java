package dev.tollgate.benchmarks;

import dev.tollgate.health.Health;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a probe pays, in the program and over JMX, with the checks that every JVM gets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = HealthReadBenchmark.AGENT)
public class HealthReadBenchmark {
  static final String AGENT = "-javaagent:agent/target/tollgate-agent.jar=quiet=true";

  private MBeanServer beans;
  private ObjectName bean;

  @Setup
  public void awaitBean() throws JMException, InterruptedException {
    beans = ManagementFactory.getPlatformMBeanServer();
    bean = new ObjectName("dev.tollgate:type=Health");
    while (!beans.isRegistered(bean)) {
      Thread.sleep(100);
    }
  }

  @Benchmark
  public boolean ready() {
    return Health.isReady();
  }

  @Benchmark
  public boolean live() {
    return Health.isLive();
  }

  /** The whole table, as an exporter in this JVM reads it. */
  @Benchmark
  public Object checksOverJmx() throws JMException {
    return beans.getAttribute(bean, "Checks");
  }
}
