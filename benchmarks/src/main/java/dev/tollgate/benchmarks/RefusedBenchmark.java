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

/** A permit that isn't there, and a caller that doesn't wait. Fails where one is granted. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RefusedBenchmark {
  @Param Contender contender;
  private BooleanSupplier limiter;

  @Setup
  public void makeLimiter() {
    limiter = contender.limiter(new Demand.Refused());
  }

  @Benchmark
  public void refused() {
    if (limiter.getAsBoolean()) {
      throw new IllegalStateException("granted, where all were to be refused");
    }
  }
}
