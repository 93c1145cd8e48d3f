package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.Ticker;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must not hold up the thread that everybody waits for, in real time. */
@Timeout(60)
class HealthThreadTest {
  private static final CheckOptions QUICK =
      CheckOptions.DEFAULT.withInterval(Duration.ofMillis(20)).withTimeout(Duration.ofMillis(50));

  private final HealthRegistry health =
      new HealthRegistry(
          HealthConfig.DEFAULT, Map::of, name -> LimiterMode.ENFORCE, Ticker.system());
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    health.close();
  }

  /** As a file of a network's disk that has gone does: closing it waits for the reader. */
  @Test
  void anInterruptThatHangsHoldsUpNobody() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    health.check("hangs", () -> new HangingChannel(closing, end).read(), QUICK);
    health.start();
    closing.await();
    health.check(
        "other",
        () -> {
          runs.incrementAndGet();
          return HealthResult.healthy();
        },
        QUICK);
    while (runs.get() < 5) {
      Thread.onSpinWait();
    }
    assertThat(health.isLive()).isTrue();
  }

  /** As a logger does whose disk is full. */
  @Test
  void aListenerThatHangsKeepsNobodyFromTheNextReport() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      health.addListener((before, after) -> lock.lock());
      health.start();
      health.refresh();
      health.check("new", HealthResult::healthy, QUICK);
      assertThat(health.refresh().checks()).extracting(CheckReport::name).contains("new");
    } finally {
      lock.unlock();
    }
  }

  private static final class HangingChannel extends AbstractInterruptibleChannel {
    private final CountDownLatch closing;
    private final CountDownLatch end;

    HangingChannel(CountDownLatch closing, CountDownLatch end) {
      this.closing = closing;
      this.end = end;
    }

    HealthResult read() throws Exception {
      begin();
      try {
        while (end.getCount() > 0) {
          Thread.onSpinWait();
        }
      } finally {
        end(true);
      }
      return HealthResult.healthy();
    }

    @Override
    protected void implCloseChannel() {
      closing.countDown();
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  }
}
