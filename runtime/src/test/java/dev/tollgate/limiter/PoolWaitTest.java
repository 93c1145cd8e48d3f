package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait on a thread of a fork-join pool. */
@Timeout(60)
class PoolWaitTest {
  private static final long PATIENCE_SECONDS = 20;
  private static final RateLimitConfig HOURLY =
      RateLimitConfig.of(1, Duration.ofHours(1)).withTimeout(Duration.ofHours(9));

  private final LimiterRegistry registry = new LimiterRegistry(Ticker.system());
  private final RateLimiter first = registry.register("first", HOURLY);
  private final RateLimiter second = registry.register("second", HOURLY);

  private ForkJoinPool pool = new ForkJoinPool(1);

  @AfterEach
  void endThePool() {
    pool.shutdownNow();
  }

  @Test
  void leaveTheirPoolAThreadForOtherWork() throws Exception {
    waiting(() -> first.tryAcquire(1, Duration.ofHours(9)));
    assertOthersRun();
  }

  @Test
  void leaveItOneIfTheyWaitForSeveralLimits() throws Exception {
    TokenSource[] both = {registry.findCore("first"), registry.findCore("second")};
    waiting(() -> AllOrNothing.take(both, new long[] {1, 1}, new long[] {-1, -1}));
    assertOthersRun();
  }

  @Test
  void leaveItOneIfTheirLimiterIsHandedOverMeanwhile() throws Exception {
    waiting(() -> first.tryAcquire(1, Duration.ofHours(9)));
    handOver();
    assertOthersRun();
  }

  @Test
  void waitInAPoolThatCanSpareNoThread() throws Exception {
    pool.shutdownNow();
    pool = ofOneThreadAtMost();
    ForkJoinTask<Boolean> call = waiting(() -> first.tryAcquire(1, Duration.ofHours(9)));
    registry.mode("first", LimiterMode.OFF);
    assertThat(call.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waitInSuchAPoolWhenTheirLimiterIsHandedOver() throws Exception {
    pool.shutdownNow();
    pool = ofOneThreadAtMost();
    ForkJoinTask<Boolean> call = waiting(() -> first.tryAcquire(1, Duration.ofHours(9)));
    LimiterRegistry heir = handOver();
    heir.mode("first", LimiterMode.OFF);
    assertThat(call.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private LimiterRegistry handOver() {
    LimiterRegistry heir = new LimiterRegistry(Ticker.system());
    registry.handOver(new DoorClient(Door.to(heir)));
    while (heir.get("first").stats().waiting() == 0) {
      Thread.onSpinWait();
    }
    return heir;
  }

  private <T> ForkJoinTask<T> waiting(Callable<T> call) {
    first.tryAcquire();
    ForkJoinTask<T> task = pool.submit(call);
    while (first.stats().waiting() == 0) {
      Thread.onSpinWait();
    }
    return task;
  }

  private void assertOthersRun() throws Exception {
    assertThat(pool.submit(() -> "ran").get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("ran");
    assertThat(second.availablePermits()).isOne();
  }

  private static ForkJoinPool ofOneThreadAtMost() {
    return new ForkJoinPool(
        1,
        ForkJoinPool.defaultForkJoinWorkerThreadFactory,
        null,
        false,
        1,
        1,
        1,
        null,
        1,
        TimeUnit.SECONDS);
  }
}
