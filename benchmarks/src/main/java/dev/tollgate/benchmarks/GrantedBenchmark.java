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

/** A permit that is there. Fails where one is refused. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrantedBenchmark {
  @Param Contender contender;
  private BooleanSupplier limiter;

  @Setup
  public void makeLimiter() {
    limiter = contender.limiter(new Demand.Granted());
  }

  @Benchmark
  public void granted() {
    if (!limiter.getAsBoolean()) {
      throw new IllegalStateException("refused, where all were to be granted");
    }
  }
}
