package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.peers.Keyed;
import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is live after one call of each of a million keys that was not live before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class KeyMemoryBenchmark {
  private static final int KEYS = 1_000_000;

  @Param Keyed contender;

  @Benchmark
  public void fill(Memory memory) {
    String[] keys = new String[KEYS];
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "customer-" + i;
    }
    long before = live();
    Predicate<Object> limiters = contender.limiters();
    try {
      for (String key : keys) {
        if (!limiters.test(key)) {
          throw new IllegalStateException("refused " + key);
        }
      }
      memory.bytesPerKey = (live() - before) / KEYS;
    } finally {
      Reference.reachabilityFence(limiters);
    }
  }

  private static long live() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** What the report reads. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Memory {
    public long bytesPerKey;
  }
}
