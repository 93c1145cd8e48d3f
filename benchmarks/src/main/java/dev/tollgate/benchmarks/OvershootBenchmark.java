package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.peers.Waiting;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much longer a call waits than the limiter said it would when it came: 500 waits of about a
 * millisecond, one after the other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class OvershootBenchmark {
  private static final int WAITS = 500;

  @Param Waiting contender;
  private Waiting.OneWait limiter;

  @Setup
  public void makeLimiter() {
    limiter = contender.limiter();
  }

  @Benchmark
  public void wait(Overshoot overshoot) throws InterruptedException {
    long[] nanos = new long[WAITS];
    for (int i = 0; i < WAITS; i++) {
      nanos[i] = limiter.overshootNanos();
    }
    Arrays.sort(nanos);
    overshoot.medianNanos = nanos[WAITS / 2];
    overshoot.p99Nanos = nanos[WAITS * 99 / 100];
  }

  /** What the report reads. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Overshoot {
    public long medianNanos;
    public long p99Nanos;
  }
}
