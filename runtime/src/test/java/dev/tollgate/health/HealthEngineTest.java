package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthEngineTest {
  private static final CheckOptions DEFAULT = CheckOptions.DEFAULT;
  private static final CheckOptions CRITICAL = DEFAULT.withCritical(true);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SteppedEngine stepped = new SteppedEngine();
  private final HealthEngine engine = stepped.engine;
  private HealthResult found = HealthResult.healthy();

  @Test
  void isNotReadyBeforeEachOfTheFirstChecksHasEnded() {
    stepped.hang("slow");
    engine.add("quick", () -> HealthResult.unhealthy("broken"), DEFAULT);
    engine.add("slow", HealthResult::healthy, DEFAULT);
    HealthReport starting = stepped.settle();
    assertThat(starting.ready()).isFalse();
    assertThat(starting.readinessIssues()).containsExactly("the first checks haven't ended yet");
    assertThat(starting.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(starting.live()).isTrue();
    stepped.release("slow");
    HealthReport first = stepped.settle();
    assertThat(first.ready()).isTrue();
    assertThat(first.status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void isReadyWithoutAnyCheck() {
    assertThat(stepped.settle().ready()).isTrue();
  }

  @Test
  void runsEachCheckAtItsOwnInterval() {
    AtomicInteger often = new AtomicInteger();
    AtomicInteger seldom = new AtomicInteger();
    engine.add("often", counting(often), DEFAULT.withInterval(SECOND));
    engine.add("seldom", counting(seldom), DEFAULT.withInterval(Duration.ofMinutes(1)));
    stepped.runFor(Duration.ofMillis(120_500));
    assertThat(often).hasValue(121);
    assertThat(seldom).hasValue(3);
  }

  @Test
  void tellsWhatItFoundAndWhen() {
    engine.add("check", () -> HealthResult.degraded(" two\n\u001b\u009b\u2028lines "), DEFAULT);
    stepped.runFor(DEFAULT.interval().plusSeconds(3));
    assertThat(stepped.check("check"))
        .isEqualTo(
            new CheckReport(
                "check",
                HealthStatus.DEGRADED,
                "two lines",
                false,
                Duration.ZERO,
                stepped.at(DEFAULT.interval()),
                false));
  }

  @Test
  void isAsUnwellAsTheWorstCheck() {
    engine.add("b", () -> HealthResult.degraded(""), DEFAULT);
    engine.add("c", () -> HealthResult.unhealthy(""), DEFAULT);
    engine.add("a", HealthResult::healthy, DEFAULT);
    HealthReport report = stepped.settle();
    assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(report.checks()).extracting(CheckReport::name).containsExactly("a", "b", "c");
    engine.remove("c");
    assertThat(stepped.settle().status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void onlyACriticalCheckTakesReadinessAway() {
    engine.add("other", () -> HealthResult.unhealthy("broken"), DEFAULT);
    assertThat(stepped.settle().ready()).isTrue();
    engine.add("database", () -> HealthResult.unhealthy("gone"), CRITICAL);
    HealthReport report = stepped.settle();
    assertThat(report.ready()).isFalse();
    assertThat(report.readinessIssues()).containsExactly("database: gone");
  }

  @Test
  void aCriticalCheckThatIsDegradedLeavesReadinessAlone() {
    engine.add("database", () -> HealthResult.degraded("slow"), CRITICAL);
    assertThat(stepped.settle().ready()).isTrue();
  }

  @Test
  void aResultCanForbidTrafficByItself() {
    engine.add("warm-up", () -> HealthResult.healthy("half way").notReady(), DEFAULT);
    HealthReport report = stepped.settle();
    assertThat(report.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(report.readinessIssues()).containsExactly("warm-up: half way");
  }

  @Test
  void aCriticalCheckThatComesLaterForbidsTrafficUntilItIsLookedAt() {
    stepped.settle();
    stepped.hang("database");
    engine.add("database", HealthResult::healthy, CRITICAL);
    assertThat(stepped.settle().readinessIssues()).containsExactly("database: not checked yet");
    stepped.release("database");
    assertThat(stepped.settle().ready()).isTrue();
  }

  @Test
  void aCheckThatThrowsIsDegradedAndCriticalUnhealthy() {
    HealthCheck throwing =
        () -> {
          throw new StackOverflowError("too deep");
        };
    engine.add("other", throwing, DEFAULT);
    engine.add("critical", throwing, CRITICAL);
    HealthReport report = stepped.settle();
    String detail = "threw java.lang.StackOverflowError: too deep";
    assertThat(stepped.check("other").detail()).isEqualTo(detail);
    assertThat(stepped.check("other").status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(stepped.check("critical").status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(report.readinessIssues()).containsExactly("critical: " + detail);
  }

  @Test
  void aCheckThatForbidsTrafficAndThenThrowsStillForbidsIt() {
    forbidThenAnswer(
        () -> {
          throw new IOException("unmounted");
        });
    assertThat(stepped.runFor(DEFAULT.interval()).readinessIssues())
        .containsExactly("check: threw java.io.IOException: unmounted");
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void aCheckThatForbidsTrafficAndThenReturnsNullStillForbidsIt() {
    forbidThenAnswer(() -> null);
    assertThat(stepped.runFor(DEFAULT.interval()).ready()).isFalse();
    assertThat(stepped.runFor(DEFAULT.interval()).ready()).isFalse();
  }

  @Test
  void aCheckThatForbidsTrafficAndThenHangsStillForbidsItUntilItAnswers() {
    forbidThenAnswer(HealthResult::healthy);
    stepped.hang("check");
    assertThat(stepped.runFor(DEFAULT.interval().plus(DEFAULT.timeout())).ready()).isFalse();
    assertThat(stepped.check("check").stale()).isTrue();
    stepped.release("check");
    assertThat(stepped.runFor(DEFAULT.interval()).ready()).isTrue();
  }

  @Test
  void aFailureOfACheckThatForbadeNothingForbidsNothing() {
    engine.add("check", () -> null, DEFAULT);
    assertThat(stepped.settle().ready()).isTrue();
  }

  @Test
  void aDiskThatCannotBeReadForbidsTrafficFromTheFirstRunOn() {
    SpaceThresholds none = new SpaceThresholds(0, 0, 0, 0, 0);
    engine.add("disk", new DiskCheck("/nowhere/at/all", none), DEFAULT);
    assertThat(stepped.settle().readinessIssues())
        .containsExactly("disk: threw java.io.IOException: /nowhere/at/all doesn't exist");
  }

  @Test
  void memoryThatCannotBeReadForbidsTraffic() {
    MemoryCheck unreadable =
        new MemoryCheck(
            () -> {
              throw new IOException("no such file");
            },
            () -> 0,
            HealthConfig.DEFAULT.memory());
    engine.add("memory", unreadable, DEFAULT);
    assertThat(stepped.settle().ready()).isFalse();
  }

  /** Adds a check that forbids traffic in its first run, and answers so from then on. */
  private void forbidThenAnswer(HealthCheck later) {
    AtomicInteger runs = new AtomicInteger();
    engine.add(
        "check",
        () ->
            runs.getAndIncrement() == 0
                ? HealthResult.unhealthy("nearly full").notReady()
                : later.check(),
        DEFAULT);
    assertThat(stepped.settle().ready()).isFalse();
  }

  @Test
  void aCheckThatReturnsNullIsDegraded() {
    engine.add("check", () -> null, DEFAULT);
    stepped.settle();
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(stepped.check("check").detail()).isEqualTo("returned null");
  }

  @Test
  void aCheckThatCannotBeStartedFailsAndTriesAgain() {
    stepped.rejectWork(true);
    engine.add("check", HealthResult::healthy, DEFAULT);
    stepped.settle();
    assertThat(stepped.check("check").detail()).startsWith("can't be run: ");
    stepped.rejectWork(false);
    stepped.runFor(DEFAULT.interval());
    assertThat(stepped.check("check").status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void theNextCheckWaitsTwentyMillisecondsForAQuickOneToEnd() {
    stepped.hang("a");
    stepped.hang("b");
    engine.add("a", HealthResult::healthy, DEFAULT);
    engine.add("b", HealthResult::healthy, DEFAULT);
    stepped.runFor(Duration.ofMillis(10));
    // Somebody wakes it up meanwhile.
    stepped.settle();
    stepped.runFor(Duration.ofMillis(9));
    assertThat(stepped.isHanging("a")).isTrue();
    assertThat(stepped.isHanging("b")).isFalse();
    stepped.runFor(Duration.ofMillis(1));
    assertThat(stepped.isHanging("b")).isTrue();
  }

  @Test
  void tellsOfChangesAndOfNothingElse() {
    engine.add("check", () -> found, CRITICAL.withInterval(SECOND));
    stepped.runFor(Duration.ofSeconds(10));
    assertThat(stepped.changes).isEmpty();
    found = HealthResult.unhealthy("gone");
    stepped.runFor(Duration.ofSeconds(10));
    found = HealthResult.unhealthy("gone for longer");
    stepped.runFor(Duration.ofSeconds(10));
    found = HealthResult.healthy();
    stepped.runFor(Duration.ofSeconds(10));
    assertThat(stepped.changes)
        .containsExactly(
            "status is UNHEALTHY, was HEALTHY: check: gone",
            "not ready: check: gone",
            "status is HEALTHY, was UNHEALTHY",
            "ready");
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    List<HealthStatus> told = new ArrayList<>();
    stepped.announcer.add(
        (before, after) -> {
          throw new IllegalStateException("mine");
        });
    stepped.announcer.add((before, after) -> told.add(after.status()));
    engine.add("check", () -> HealthResult.degraded(""), DEFAULT);
    assertThat(stepped.settle().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(told).containsExactly(HealthStatus.DEGRADED);
  }

  @Test
  void thereIsOneCheckOfAName() {
    engine.add("check", HealthResult::healthy, DEFAULT);
    assertThatThrownBy(() -> engine.add("check", HealthResult::healthy, DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is a check 'check' already; remove that first, or choose another name");
    assertThat(engine.remove("check")).isTrue();
    assertThat(engine.remove("check")).isFalse();
    engine.add("check", HealthResult::healthy, DEFAULT);
  }

  @Test
  void aCheckWhoseFaultCannotBeToldFailsAndIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    engine.add(
        "check",
        () -> {
          if (runs.incrementAndGet() == 1) {
            throw new UntoldException();
          }
          return HealthResult.healthy("fine");
        },
        DEFAULT);
    stepped.settle();
    assertThat(stepped.check("check").detail())
        .isEqualTo("threw " + UntoldException.class.getName());
    stepped.runFor(DEFAULT.interval());
    assertThat(stepped.check("check").detail()).isEqualTo("fine");
  }

  @Test
  void aListenerThatThrowsAnyErrorKeepsNothingFromTheOthers() {
    List<HealthStatus> told = new ArrayList<>();
    stepped.announcer.add(
        (before, after) -> {
          throw new AssertionError("mine");
        });
    Runnable end = stepped.announcer.add((before, after) -> told.add(after.status()));
    engine.add("check", () -> found, DEFAULT);
    found = HealthResult.degraded("");
    stepped.settle();
    assertThat(told).containsExactly(HealthStatus.DEGRADED);
    end.run();
    found = HealthResult.healthy();
    stepped.runFor(DEFAULT.interval());
    assertThat(told).containsExactly(HealthStatus.DEGRADED);
  }

  @Test
  void livenessDoesNotWaitForTheFirstChecks() {
    stepped.hang("slow");
    engine.add("slow", HealthResult::healthy, DEFAULT.withTimeout(Duration.ofDays(1)));
    stepped.liveness.heartbeat("loop", SECOND);
    HealthReport report = stepped.runFor(Duration.ofSeconds(2));
    assertThat(report.readinessIssues()).containsExactly("the first checks haven't ended yet");
    assertThat(report.live()).isFalse();
  }

  /** What its message is made of breaks. */
  private static final class UntoldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  private static HealthCheck counting(AtomicInteger runs) {
    return () -> {
      runs.incrementAndGet();
      return HealthResult.healthy();
    };
  }
}
