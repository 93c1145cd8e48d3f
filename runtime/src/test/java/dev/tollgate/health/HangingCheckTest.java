package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks that don't come back in time, and processes that are stopped. */
class HangingCheckTest {
  private static final CheckOptions DEFAULT = CheckOptions.DEFAULT;
  private static final CheckOptions CRITICAL = DEFAULT.withCritical(true);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SteppedEngine stepped = new SteppedEngine();
  private final HealthEngine engine = stepped.engine;
  private HealthResult found = HealthResult.healthy();

  @Test
  void aCheckThatHangsFromTheBeginningKeepsTheFirstReportBackForItsTimeoutOnly() {
    stepped.hang("slow");
    engine.add("slow", HealthResult::healthy, DEFAULT);
    assertThat(stepped.runFor(DEFAULT.timeout().minusMillis(1)).ready()).isFalse();
    HealthReport report = stepped.runFor(Duration.ofMillis(2));
    assertThat(report.ready()).isTrue();
    assertThat(report.status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void aCheckThatHangsIsStaleAndHoldsUpNoOther() {
    AtomicInteger runs = new AtomicInteger();
    engine.add("other", counting(runs), DEFAULT.withInterval(SECOND));
    engine.add("check", () -> HealthResult.healthy("fine"), DEFAULT);
    stepped.settle();
    stepped.hang("check");
    stepped.runFor(Duration.ofMillis(14_900));
    assertThat(stepped.check("check").stale()).isFalse();
    stepped.runFor(Duration.ofMillis(200));
    CheckReport hanging = stepped.check("check");
    assertThat(hanging.stale()).isTrue();
    assertThat(hanging.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(hanging.detail()).isEqualTo("no answer after 5000 ms");
    assertThat(hanging.duration()).isEqualTo(Duration.ofSeconds(5));
    assertThat(hanging.lastChecked()).isEqualTo(stepped.at(Duration.ZERO));
    assertThat(runs).hasValue(16);
  }

  @Test
  void aCheckThatHangsIsNotRunAgainBeforeItIsBack() {
    AtomicInteger runs = new AtomicInteger();
    stepped.hang("check");
    engine.add("check", counting(runs), DEFAULT);
    stepped.runFor(Duration.ofHours(1));
    assertThat(stepped.check("check").stale()).isTrue();
    // Had another run begun, it would have taken the place of the one that hangs.
    stepped.release("check");
    assertThat(runs).hasValue(1);
  }

  /** What was found an hour ago says nothing of now, however soon its run ends. */
  @Test
  void whatComesAfterTheTimeoutIsNotTakenAndTheCheckIsRunAgainAtOnce() {
    stepped.hang("check");
    found = HealthResult.unhealthy("as of an hour ago");
    engine.add("check", () -> found, DEFAULT);
    stepped.runFor(Duration.ofHours(1));
    stepped.release("check");
    stepped.hang("check");
    stepped.settle();
    assertThat(stepped.check("check").stale()).isTrue();
    assertThat(stepped.check("check").detail()).startsWith("no answer");
    found = HealthResult.healthy("as of now");
    stepped.release("check");
    stepped.settle();
    assertThat(stepped.check("check").stale()).isFalse();
    assertThat(stepped.check("check").detail()).isEqualTo("as of now");
    assertThat(stepped.changes).doesNotContain("status is UNHEALTHY, was HEALTHY");
  }

  @Test
  void aCheckThatIsAlwaysTooSlowIsNotRunWithoutPause() {
    AtomicInteger runs = new AtomicInteger();
    engine.add("check", counting(runs), DEFAULT);
    stepped.hang("check");
    stepped.runFor(Duration.ofSeconds(6));
    stepped.release("check");
    stepped.hang("check");
    stepped.runFor(Duration.ofSeconds(3));
    assertThat(stepped.isHanging("check")).isFalse();
    stepped.runFor(Duration.ofSeconds(2));
    assertThat(stepped.isHanging("check")).isTrue();
  }

  @Test
  void eachIntervalOfAHangIsOneFailureMore() {
    stepped.hang("check");
    engine.add("other", HealthResult::healthy, DEFAULT);
    engine.add("check", HealthResult::healthy, DEFAULT.withHysteresis(3, 1));
    stepped.hang("check");
    stepped.runFor(SECOND);
    stepped.release("check");
    stepped.runFor(Duration.ofSeconds(10 + 5 + 10 - 2));
    assertThat(stepped.check("check").stale()).isTrue();
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.HEALTHY);
    stepped.runFor(Duration.ofSeconds(12));
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void aStoppedProcessBlamesNobody() {
    stepped.hang("check");
    engine.add("check", HealthResult::healthy, DEFAULT);
    Heartbeat loop = stepped.liveness.heartbeat("loop", Duration.ofSeconds(30));
    stepped.runFor(SECOND);
    HealthReport report = stepped.stopFor(Duration.ofHours(8));
    assertThat(report.live()).isTrue();
    assertThat(stepped.check("check").stale()).isFalse();
    stepped.runFor(Duration.ofSeconds(35));
    assertThat(engine.report().live()).isFalse();
    loop.beat();
    assertThat(stepped.runFor(Duration.ofSeconds(30)).live()).isTrue();
  }

  @Test
  void whatIsRemovedWhileItHangsIsInterruptedAndAnotherOfItsNameWaitsForIt() {
    AtomicInteger runs = new AtomicInteger();
    stepped.hang("check");
    engine.add("check", HealthResult::healthy, DEFAULT);
    stepped.settle();
    engine.remove("check");
    engine.add("check", counting(runs), DEFAULT);
    stepped.runFor(Duration.ofMinutes(1));
    assertThat(runs).hasValue(0);
    assertThat(stepped.interrupts).isOne();
    stepped.release("check");
    stepped.settle();
    assertThat(runs).hasValue(1);
  }

  @Test
  void aTimeoutLongerThanTheIntervalIsOneFailure() {
    stepped.hang("check");
    engine.add("other", HealthResult::healthy, DEFAULT);
    CheckOptions options =
        DEFAULT.withInterval(SECOND).withTimeout(Duration.ofSeconds(3)).withHysteresis(2, 1);
    engine.add("check", HealthResult::healthy, options);
    stepped.settle();
    stepped.release("check");
    stepped.hang("check");
    stepped.runFor(Duration.ofMillis(4_500));
    assertThat(stepped.check("check").stale()).isTrue();
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.HEALTHY);
    stepped.runFor(SECOND);
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void whoIsFasterThanTheHealthThreadAfterAStopIsNotOfTheFuture() {
    AtomicInteger runs = new AtomicInteger();
    stepped.settle();
    Heartbeat loop = stepped.liveness.heartbeat("loop", Duration.ofSeconds(30));
    stepped.settle();
    stepped.ticker.advance(Duration.ofHours(1).toNanos());
    loop.beat();
    engine.add("late", counting(runs), CRITICAL);
    stepped.settle();
    assertThat(runs).hasValue(1);
    assertThat(engine.report().ready()).isTrue();
    assertThat(stepped.runFor(Duration.ofSeconds(31)).live()).isFalse();
  }

  private static HealthCheck counting(AtomicInteger runs) {
    return () -> {
      runs.incrementAndGet();
      return HealthResult.healthy();
    };
  }
}
