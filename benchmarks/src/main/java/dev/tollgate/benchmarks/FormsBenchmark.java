package dev.tollgate.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tollgate.LimitKey;
import dev.tollgate.RateLimited;
import dev.tollgate.Weight;
import dev.tollgate.benchmarks.peers.ExpiringCache;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import dev.tollgate.limiter.RateLimiters;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What each form of a limit costs where the permit is there: methods that do next to nothing, under
 * the agent, and what they cost without a limit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = FormsBenchmark.AGENT)
@SuppressWarnings("UnusedVariable") // Arguments are for the agent.
public class FormsBenchmark {
  static final String AGENT =
      "-javaagent:agent/target/tollgate-agent.jar=quiet=true,jmx.enabled=false";

  private static final CompletableFuture<Integer> DONE = CompletableFuture.completedFuture(1);
  private static final int KEYS = 1_024;

  private final String[] keys = new String[KEYS];
  private final Cache<Object, Object> cache = Caffeine.newBuilder().maximumSize(100_000).build();
  private final Cache<Object, long[]> expiring = ExpiringCache.ofKeys();
  private final RateLimiter paused =
      RateLimiters.register("paused", RateLimitConfig.of(1_000_000_000, Duration.ofSeconds(1)));
  private int next;
  private long fresh;

  public FormsBenchmark() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "customer-" + i;
      cache.put(keys[i], keys[i]);
      expiring.put(keys[i], new long[2]);
    }
    paused.pauseFor(Duration.ofDays(1));
  }

  /** What {@link #asyncGranted} is beside. */
  @Benchmark
  public CompletableFuture<Integer> asyncUnlimited() {
    return unlimitedLater(3, 4L, this);
  }

  @Benchmark
  public CompletableFuture<Integer> asyncGranted() {
    return later(3, 4L, this);
  }

  @Benchmark
  public void weighted() {
    heavy(3);
  }

  /** One of a thousand keys that are known. */
  @Benchmark
  public void keyedHit() {
    by(keys[next++ & (KEYS - 1)]);
  }

  /** What {@link #keyedHit} is beside: the same keys of a cache. */
  @Benchmark
  public Object caffeineGet() {
    return cache.getIfPresent(keys[next++ & (KEYS - 1)]);
  }

  /** The same of a cache that forgets each key at a moment of its own. */
  @Benchmark
  public Object caffeineGetExpiring() {
    return expiring.getIfPresent(keys[next++ & (KEYS - 1)]);
  }

  /** A key that was never seen. */
  @Benchmark
  public void keyedMiss() {
    byNumber(fresh++);
  }

  @Benchmark
  public void twoLimits() {
    twice();
  }

  /** A refusal of a limiter that is paused, in the program. */
  @Benchmark
  public boolean pausedRefusal() {
    if (paused.tryAcquire()) {
      throw new IllegalStateException("granted, where all were to be refused");
    }
    return false;
  }

  private CompletableFuture<Integer> unlimitedLater(int one, long two, Object three) {
    return DONE;
  }

  @RateLimited(value = "async", permits = 1_000_000_000, period = "1s")
  private CompletableFuture<Integer> later(int one, long two, Object three) {
    return DONE;
  }

  @RateLimited(value = "weighted", permits = 1_000_000_000_000L, period = "20m")
  private void heavy(@Weight long weight) {}

  // So slow that no bucket is full again, and forgotten, before its next call.
  @RateLimited(value = "keyed", permits = 1_000, period = "1s", burst = 1_000_000_000)
  private void by(@LimitKey String key) {}

  @RateLimited(value = "fresh", permits = 1_000_000_000, period = "1s")
  private void byNumber(@LimitKey long key) {}

  @RateLimited(value = "per_second", permits = 1_000_000_000, period = "1s")
  @RateLimited(value = "per_day", permits = 86_400_000_000_000L, period = "24h")
  private void twice() {}
}
