package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a grant and a refusal must not cost: memory, and a refusal no lock. */
@Timeout(60)
class BucketCostTest {
  private static final int WARM_UP = 50_000;
  private static final int CALLS = 100_000;

  private final FakeTicker ticker = new FakeTicker();
  private final RateLimitConfig config = RateLimitConfig.of(10, Duration.ofSeconds(1));

  @Test
  void aGrantAllocatesNothing() throws Exception {
    RateLimiter limiter =
        limiter(config.withCapacity(RateLimitConfig.MAX_CAPACITY), Ticker.system());
    assertThat(bytesEach(() -> limiter.tryAcquire())).isLessThan(1);
    assertThat(bytesEach(() -> limiter.tryAcquire(3))).isLessThan(1);
    assertThat(limiter.stats().rejectedRequests()).isZero();
  }

  @Test
  void aRefusalAllocatesNothing() throws Exception {
    RateLimiter limiter = limiter(config.withTimeout(Duration.ZERO), ticker);
    assertThat(limiter.tryAcquire(10)).isTrue();
    assertThat(bytesEach(() -> limiter.tryAcquire())).isLessThan(1);
    assertThat(bytesEach(() -> limiter.tryAcquire(3))).isLessThan(1);
    assertThat(bytesEach(() -> limiter.tryAcquire(11))).isLessThan(1);
    assertThat(limiter.stats().admittedRequests()).isOne();
  }

  @Test
  void theMeasurementSeesWhatIsAllocated() throws Exception {
    List<Object> kept = new ArrayList<>();
    assertThat(bytesEach(() -> kept.add(new byte[16]))).isGreaterThan(16);
  }

  @Test
  void aRefusalOfTryAcquireTakesNoLock() throws Exception {
    LeasedBucket bucket = new LeasedBucket(config, ticker);
    assertThat(bucket.take(10, 0)).isZero();
    Lock lock = Locks.of(bucket);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    BackgroundCall<Void> holder =
        BackgroundCall.start(
            () -> {
              lock.lock();
              try {
                held.countDown();
                done.await();
              } finally {
                lock.unlock();
              }
              return null;
            });
    held.await();
    // A call that needs the lock does not come back; refused ones do.
    BackgroundCall<Long> needsIt = BackgroundCall.start(() -> bucket.take(1, 1_000_000_000));
    assertThat(BackgroundCall.start(() -> bucket.take(1, 0)).result()).isEqualTo(~100_000_000L);
    assertThat(BackgroundCall.start(() -> bucket.take(4, 0)).result()).isEqualTo(~400_000_000L);
    assertThat(BackgroundCall.start(() -> bucket.take(11, 0)).result()).isEqualTo(Outcome.NEVER);
    assertThat(BackgroundCall.start(() -> bucket.charge(1, 0)).result()).isEqualTo(~100_000_000L);
    assertThat(needsIt.isDone()).isFalse();
    done.countDown();
    assertThat(holder.result()).isNull();
    ticker.awaitParked(1);
    ticker.advance(100_000_000);
    assertThat(needsIt.result()).isEqualTo(100_000_000);
  }

  private static RateLimiter limiter(RateLimitConfig config, Ticker ticker) {
    return new CoreRateLimiter(new LocalCore("cost", config, ticker));
  }

  private static double bytesEach(Runnable call) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      call.run();
    }
    double least = Double.MAX_VALUE;
    for (int attempt = 0; attempt < 3; attempt++) {
      long before = allocated();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, (double) (allocated() - before) / CALLS);
    }
    return least;
  }

  /** Over JMX: the class that knows is in a module that this one does not read. */
  private static long allocated() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    return (Long)
        server.invoke(
            new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
            "getThreadAllocatedBytes",
            new Object[] {Thread.currentThread().getId()},
            new String[] {"long"});
  }
}
