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

/** Callers that ask for more than the rate: a few are granted, the others refused. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DemandAboveRateBenchmark {
  @Param({
    "TOLLGATE",
    "GUAVA",
    "RESILIENCE4J",
    "BUCKET4J_MILLIS",
    "BUCKET4J_NANOS",
    "FAILSAFE_SMOOTH",
    "FAILSAFE_BURSTY"
  })
  Contender contender;

  @Param({"1000", "10000", "100000", "1000000", "10000000"})
  int rate;

  private BooleanSupplier limiter;

  @Setup
  public void makeLimiter() {
    limiter = contender.limiter(new Demand.AboveRate(rate));
  }

  @Benchmark
  public boolean aboveRate() {
    return limiter.getAsBoolean();
  }
}
