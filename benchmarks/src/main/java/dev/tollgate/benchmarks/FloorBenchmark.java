package dev.tollgate.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a limiter can't go below if it reads the clock, or shares one number between threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {
  private final AtomicLong shared = new AtomicLong();

  @Benchmark
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Tries until it succeeds. */
  @Benchmark
  public long compareAndSet() {
    long seen = shared.get();
    while (!shared.compareAndSet(seen, seen + 1)) {
      seen = shared.get();
    }
    return seen;
  }
}
