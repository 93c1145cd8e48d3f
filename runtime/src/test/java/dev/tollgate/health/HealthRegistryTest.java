package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real threads, in real time. */
@Timeout(60)
class HealthRegistryTest {
  private static final CheckOptions IMPATIENT =
      CheckOptions.DEFAULT.withTimeout(Duration.ofMillis(50));

  private final HealthRegistry health =
      new HealthRegistry(
          HealthConfig.DEFAULT, Map::of, name -> LimiterMode.ENFORCE, Ticker.system());

  @AfterEach
  void close() {
    health.close();
  }

  @Test
  void closedItLeavesNoThreadBehind() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    health.start();
    health.refresh();
    Set<Thread> its = new HashSet<>(Thread.getAllStackTraces().keySet());
    its.removeAll(before);
    its.removeIf(thread -> !thread.getName().startsWith("tollgate-"));
    assertThat(its).isNotEmpty();
    health.close();
    for (Thread thread : its) {
      thread.join(20_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void looksAtWhatEveryJvmHas() throws InterruptedException {
    health.start();
    assertThat(health.refresh().checks())
        .extracting(CheckReport::name)
        .containsExactly("disk", "java", "memory", "rate-limiters", "tool:gh", "tool:git");
    assertThat(health.report().checks())
        .allSatisfy(check -> assertThat(check.lastChecked()).isNotNull());
    assertThat(health.isLive()).isTrue();
  }

  @Test
  void eachOfSeveralDisksIsACheckOfItsOwn() throws InterruptedException {
    HealthConfig config =
        new HealthConfig(
            true,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            List.of(".", "/"),
            HealthConfig.DEFAULT.disk(),
            HealthConfig.DEFAULT.memory(),
            0.3,
            100,
            0.5,
            20,
            List.of("g++"),
            List.of("no such tool"),
            Map.of(
                "disk", new CheckOverrides(null, null, null, 2, null),
                "tool", new CheckOverrides(null, null, true, null, null),
                "disk:/", new CheckOverrides(null, null, true, null, null)));
    try (HealthRegistry several =
        new HealthRegistry(config, Map::of, name -> LimiterMode.ENFORCE, Ticker.system())) {
      several.start();
      assertThat(several.refresh().checks())
          .extracting(CheckReport::name)
          .contains("disk:.", "disk:/", "tool:g++", "tool:no such tool");
      assertThat(several.report().checks())
          .filteredOn(CheckReport::critical)
          .extracting(CheckReport::name)
          .containsExactly("disk:/", "tool:g++", "tool:no such tool");
      assertThat(several.status()).isNotEqualTo(HealthStatus.HEALTHY);
    }
  }

  @Test
  void runsNothingOnTheThreadsOfThoseWhoAsk() throws InterruptedException {
    Set<Thread> looking = ConcurrentHashMap.newKeySet();
    health.check(
        "check",
        () -> {
          looking.add(Thread.currentThread());
          return HealthResult.healthy(Thread.currentThread().getName());
        },
        null);
    health.start();
    assertThat(health.refresh().checks())
        .filteredOn(check -> check.name().equals("check"))
        .extracting(CheckReport::detail)
        .containsExactly("tollgate-check-check");
    assertThat(looking).doesNotContain(Thread.currentThread()).allMatch(Thread::isDaemon);
  }

  @Test
  void aCheckThatHangsLeavesLivenessAndTheOthersAlone() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    health.check("hangs", () -> hang(never, interrupted), IMPATIENT);
    health.check("fine", HealthResult::healthy, IMPATIENT);
    health.start();
    HealthReport report = health.refresh();
    assertThat(report.live()).isTrue();
    assertThat(report.ready()).isTrue();
    assertThat(report.checks())
        .filteredOn(CheckReport::stale)
        .extracting(CheckReport::name)
        .containsExactly("hangs");
    interrupted.await();
    // Its thread is asked to end, once, and doesn't; asking again waits no longer for it.
    assertThat(health.refresh().checks())
        .filteredOn(check -> check.name().equals("fine"))
        .extracting(CheckReport::status)
        .containsExactly(HealthStatus.HEALTHY);
    never.countDown();
  }

  @Test
  void theContextClassLoaderOfACheckIsThatOfWhoeverGaveIt() throws InterruptedException {
    ClassLoader own = new ClassLoader("own", null) {};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(own);
    try {
      health.check(
          "check",
          () -> HealthResult.healthy(Thread.currentThread().getContextClassLoader().getName()),
          null);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    health.start();
    assertThat(health.refresh().checks()).extracting(CheckReport::detail).contains("own");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> health.check("a b", HealthResult::healthy, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'a b' can't be a check's name: a letter first, then letters, digits, '_', '-', '.',"
                + " ':' or '/'");
    assertThatThrownBy(() -> health.check("check", null, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("check");
  }

  private static HealthResult hang(CountDownLatch never, CountDownLatch interrupted)
      throws InterruptedException {
    try {
      never.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      never.await();
    }
    return HealthResult.healthy();
  }
}
