package dev.tollgate.benchmarks;

import dev.tollgate.RateLimited;
import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiters;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What weaving adds to the price of the bucket: a granted call of weight 1 on one thread, asked of
 * the bucket directly, through a woven method, and through the program's own copy of the runtime.
 * The rate is high enough never to refuse.
 *
 * <p>All but the first run under the agent: start this from the project's root, where {@code
 * agent/target/tollgate-agent.jar} is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WovenCallBenchmark {
  private static final String AGENT =
      "-javaagent:agent/target/tollgate-agent.jar=quiet=true,jmx.enabled=false,"
          + "limiters.bench.permits=1000000000,limiters.bench.period=1s";

  // Static and final, as the call site that the agent links is: a constant for the JIT.
  private static final KeyedCore BUCKET = newBucket();

  /** The bucket, without the agent. */
  @Benchmark
  public long bucket() {
    return BUCKET.take(1, Outcome.OWN_TIMEOUT);
  }

  /** An empty method, woven. */
  @Benchmark
  @Fork(jvmArgsAppend = AGENT)
  public void woven() {
    limited();
  }

  /** The manual API under the agent. */
  @Benchmark
  @Fork(jvmArgsAppend = AGENT)
  public boolean throughTheDoor() {
    return RateLimiters.get("bench").tryAcquire();
  }

  @RateLimited("bench")
  private void limited() {}

  private static KeyedCore newBucket() {
    LimiterRegistry registry = new LimiterRegistry(Ticker.system());
    registry.register("bench", RateLimitConfig.of(1_000_000_000, Duration.ofSeconds(1)));
    return Objects.requireNonNull(registry.findCore("bench"));
  }
}
