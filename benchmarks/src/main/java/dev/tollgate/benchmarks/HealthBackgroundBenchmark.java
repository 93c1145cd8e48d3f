package dev.tollgate.benchmarks;

import dev.tollgate.health.CheckReport;
import dev.tollgate.health.Health;
import dev.tollgate.health.HealthReport;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the checks that every JVM gets cost it: when they are first there, and for a minute. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = HealthReadBenchmark.AGENT)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class HealthBackgroundBenchmark {
  private static final long MINUTE_MILLIS = 60_000;

  @Benchmark
  public void minute(Cost cost) throws InterruptedException {
    HealthReport report = Health.report();
    while (report.checks().isEmpty()
        || report.checks().stream().anyMatch(c -> c.lastChecked() == null)) {
      Thread.sleep(10);
      report = Health.report();
    }
    cost.firstReportMillis = millisFromStart(report);
    long before = cpuNanos();
    Thread.sleep(MINUTE_MILLIS);
    cost.cpuMicros = TimeUnit.NANOSECONDS.toMicros(cpuNanos() - before);
  }

  /** When the last of the first checks had ended, from the JVM's start. */
  private static long millisFromStart(HealthReport report) {
    long last = 0;
    for (CheckReport check : report.checks()) {
      Instant ended = check.lastChecked().plus(check.duration());
      last = Math.max(last, ended.toEpochMilli());
    }
    return last - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** Of the thread that decides and those that look. Beans and their connections are others'. */
  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && isOfHealth(thread.getThreadName())) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }

  private static boolean isOfHealth(String thread) {
    return thread.startsWith("tollgate-health") || thread.startsWith("tollgate-check");
  }

  /** What the report reads. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Cost {
    public long firstReportMillis;
    public long cpuMicros;
  }
}
