package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.peers.Contender;
import dev.tollgate.benchmarks.peers.Demand;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Calls that go to one limiter after another, in an order that caches can't foresee. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ManyLimitersBenchmark {
  /** Odd, so that steps of it reach each of a power of two; far apart. */
  private static final int STEP = 0x9E3779B1;

  @Param({"TOLLGATE", "GUAVA", "RESILIENCE4J", "BUCKET4J_NANOS"})
  Contender contender;

  @Param({"1", "1000", "100000"})
  int limiters;

  private BooleanSupplier[] all;
  private int mask;
  private int next;

  @Setup
  public void makeLimiters() {
    all = new BooleanSupplier[limiters];
    for (int i = 0; i < limiters; i++) {
      all[i] = contender.limiter(new Demand.Granted());
    }
    mask = Integer.highestOneBit(limiters) - 1;
  }

  @Benchmark
  public boolean granted() {
    next += STEP;
    return all[next >>> 7 & mask].getAsBoolean();
  }
}
