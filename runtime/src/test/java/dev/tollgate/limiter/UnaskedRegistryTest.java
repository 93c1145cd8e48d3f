package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry does before anybody asks for a limiter, and when the first does. */
@Timeout(60)
class UnaskedRegistryTest {
  private static final RateLimitOverrides SEARCH = permits(100L, Duration.ofMinutes(1));

  private final AtomicLong clockReads = new AtomicLong();
  private final Ticker ticker = new CountingTicker();

  @Test
  void makesNoBucketBeforeSomebodyAsks() {
    LimiterRegistry registry = new LimiterRegistry(ticker, Map.of("search", SEARCH));
    assertThat(registry.size()).isEqualTo(6);
    // A bucket reads the clock when it is made.
    assertThat(clockReads).hasValue(0);

    assertThat(registry.find("search")).isNotNull();
    assertThat(clockReads).hasPositiveValue();
  }

  @Test
  void hasThemAllForWhoeverAsksFirst() {
    assertThat(fresh().names()).hasSize(6).contains("search", "github_api");
    assertThat(fresh().stats()).hasSize(6).containsKeys("search", "github_api");
    assertThat(fresh().findCore("github_api")).isNotNull();
    assertThat(fresh().unknown("nobody")).contains("github_api").contains("search");
    List<String> told = new ArrayList<>();
    fresh().onDefined(limiter -> told.add(limiter.name()));
    assertThat(told).hasSize(6).contains("search", "github_api");
  }

  @Test
  void countsWhatTheProgramDefinesFirst() {
    LimiterRegistry registry = fresh();
    registry.register("billing", RateLimitConfig.of(1, Duration.ofSeconds(1)));
    assertThat(registry.size()).isEqualTo(7).isEqualTo(registry.names().size());
  }

  @Test
  void aReloadBeforeAnybodyAsksChangesWhatThereIs() {
    LimiterRegistry registry = fresh();
    RateLimitOverrides faster = permits(200L, Duration.ofMinutes(1));
    assertThat(registry.reload(Map.of("search", faster)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.before().permits()).isEqualTo(100);
              assertThat(change.after().permits()).isEqualTo(200);
            });
    assertThat(registry.get("search").config().permits()).isEqualTo(200);
  }

  @Test
  void refusesAtOnceWhatCanNotBe() {
    RateLimitOverrides tooMuch =
        new RateLimitOverrides(
            null, null, RateLimitConfig.MAX_CAPACITY, null, null, null, null, null, null);
    assertThatThrownBy(() -> new LimiterRegistry(ticker, Map.of("github_api", tooMuch)))
        .isInstanceOf(IllegalArgumentException.class);
    RateLimitOverrides alone = permits(0L, Duration.ofMinutes(1));
    assertThatThrownBy(() -> new LimiterRegistry(ticker, Map.of("search", alone)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesAllWhoAskFirstTheSameLimiter() throws Exception {
    for (int round = 0; round < 200; round++) {
      LimiterRegistry registry = fresh();
      Set<RateLimiter> got = ConcurrentHashMap.newKeySet();
      CyclicBarrier start = new CyclicBarrier(3);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    start.await();
                    got.add(registry.get("github_api"));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(got).hasSize(1);
    }
  }

  private LimiterRegistry fresh() {
    return new LimiterRegistry(ticker, Map.of("search", SEARCH));
  }

  private static RateLimitOverrides permits(long permits, Duration period) {
    return new RateLimitOverrides(permits, period, null, null, null, null, null, null, null);
  }

  private final class CountingTicker implements Ticker {
    @Override
    public long nanos() {
      return clockReads.incrementAndGet();
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw new AssertionError("nobody waits here");
    }
  }
}
