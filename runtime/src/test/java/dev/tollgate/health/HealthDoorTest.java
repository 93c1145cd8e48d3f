package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent's health, from a copy of the library on the other side of the door. */
@Timeout(60)
class HealthDoorTest {
  private static final CheckOptions SELDOM =
      CheckOptions.DEFAULT.withInterval(Duration.ofHours(1)).withCritical(true);

  private final HealthRegistry inside =
      new HealthRegistry(
          HealthConfig.DEFAULT, Map::of, name -> LimiterMode.ENFORCE, Ticker.system());
  private final HealthService outside = HealthDoor.enter(door(HealthDoor.to(inside)));

  @BeforeEach
  void start() {
    inside.start();
  }

  @AfterEach
  void close() {
    inside.close();
  }

  @Test
  void aCheckOfOneSideIsSeenFromBoth() throws InterruptedException {
    outside.check("database", () -> HealthResult.unhealthy("gone"), SELDOM);
    HealthReport report = outside.refresh();
    assertThat(report.readinessIssues()).contains("database: gone");
    assertThat(inside.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(outside.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(outside.isReady()).isFalse();
    assertThat(outside.isLive()).isTrue();
    assertThat(outside.report()).isEqualTo(inside.report());
    assertThat(outside.remove("database")).isTrue();
    assertThat(outside.remove("database")).isFalse();
  }

  @Test
  void everyOptionAndEveryKindOfResultGoesThrough() throws InterruptedException {
    outside.check("null", () -> null, null);
    outside.check("not-ready", () -> HealthResult.degraded("warm-up").notReady(), null);
    outside.check(
        "throws",
        () -> {
          throw new IllegalStateException("mine");
        },
        SELDOM);
    HealthReport report = outside.refresh();
    assertThat(report.checks())
        .filteredOn(check -> check.name().equals("null"))
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).isEqualTo("returned null"));
    assertThat(report.readinessIssues())
        .contains("not-ready: warm-up", "throws: threw java.lang.IllegalStateException: mine");
  }

  @Test
  void sourcesAreJudgedByWhatTheAgentHasConfigured() throws InterruptedException {
    AtomicLong misses = new AtomicLong(100);
    outside.watch(
        "recipes",
        new CacheSource() {
          @Override
          public long hits() {
            return 0;
          }

          @Override
          public long misses() {
            return misses.get();
          }
        });
    outside.watch(
        "payments",
        new CircuitBreakerSource() {
          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public String state() {
            return "OPEN";
          }
        });
    HealthReport report = outside.refresh();
    assertThat(report.checks())
        .extracting(check -> check.name() + " " + check.status() + " " + check.detail())
        .contains(
            "cache:recipes DEGRADED hit rate 0.0 % of 100 requests",
            "circuit-breaker:payments DEGRADED OPEN");
  }

  @Test
  void aHeartbeatThatDoesNotBeatIsSeenThrough() throws InterruptedException {
    Heartbeat loop = outside.heartbeat("loop", Duration.ofNanos(1));
    assertThat(outside.refresh().livenessIssues()).singleElement().asString().contains("loop");
    loop.beat();
    loop.close();
    assertThat(outside.refresh().live()).isTrue();
  }

  @Test
  void whatIsWrongIsSaidOnTheOtherSideAsWell() {
    assertThatThrownBy(() -> outside.check("9", HealthResult::healthy, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'9' can't be a check's name: a letter first");
    assertThatThrownBy(() -> outside.check("java", HealthResult::healthy, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("there is a check 'java' already");
    assertThatThrownBy(() -> outside.heartbeat("loop", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("longestSilence is PT0S; it must be more than 0 and at most 366 days");
  }

  @Test
  void anAgentThatWatchesNothingTakesAllAndFindsAllWell() throws InterruptedException {
    HealthService nothing = HealthDoor.enter(door(null));
    nothing.check("database", () -> HealthResult.unhealthy("gone"), SELDOM);
    nothing.heartbeat("loop", Duration.ofNanos(1)).beat();
    assertThat(nothing.refresh().checks()).isEmpty();
    assertThat(nothing.isReady()).isTrue();
    assertThat(nothing.isLive()).isTrue();
  }

  @Test
  void anAgentThatKnowsNothingOfHealthLeavesItToTheProgram() {
    assertThat(HealthDoor.enter(Map.of())).isNull();
  }

  private static Map<String, Object> door(Map<String, Object> health) {
    Supplier<Map<String, Object>> supplier = () -> health;
    return Map.of(HealthDoor.NAME, supplier);
  }
}
