package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final SteppedEngine stepped = new SteppedEngine();

  @Test
  void aLoopThatIsSilentForTooLongIsNotLiveUntilItBeatsAgain() {
    Heartbeat loop = stepped.liveness.heartbeat("loop", LONGEST);
    assertThat(stepped.runFor(LONGEST).live()).isTrue();
    HealthReport silent = stepped.runFor(Duration.ofMillis(10));
    assertThat(silent.live()).isFalse();
    assertThat(silent.livenessIssues())
        .containsExactly("heartbeat 'loop' is silent for longer than 30000 ms");
    loop.beat();
    assertThat(stepped.runFor(LONGEST).live()).isTrue();
  }

  @Test
  void aLoopThatHasEndedIsNotExpectedToBeat() {
    stepped.liveness.heartbeat("loop", LONGEST).close();
    assertThat(stepped.runFor(Duration.ofHours(1)).live()).isTrue();
  }

  @Test
  void aLoopThatBeatsIsLive() {
    Heartbeat loop = stepped.liveness.heartbeat("loop", LONGEST);
    for (int i = 0; i < 10; i++) {
      assertThat(stepped.runFor(LONGEST).live()).isTrue();
      loop.beat();
    }
  }

  @Test
  void aDeadlockIsSeenWithinTenSeconds() {
    stepped.settle();
    stepped.deadlocks.add("deadlock among the threads a, b");
    HealthReport report = stepped.runFor(Duration.ofSeconds(10));
    assertThat(report.live()).isFalse();
    assertThat(report.livenessIssues()).isEqualTo(stepped.deadlocks);
    assertThat(stepped.changes).containsExactly("not live: deadlock among the threads a, b");
  }

  @Test
  void aJvmThatCannotTellIsLive() {
    Liveness liveness =
        new Liveness(
            stepped.liveness.clock(),
            new DeadlockWatch() {
              @Override
              public List<String> look() {
                throw new NoClassDefFoundError("java/lang/management/ManagementFactory");
              }

              @Override
              public boolean isUnsure() {
                return false;
              }
            });
    assertThat(liveness.look(stepped.liveness.clock().getAsLong())).isEqualTo(List.of());
  }

  @Test
  void nothingThatAChecksFindsCountsForIt() {
    stepped.engine.add(
        "check", () -> HealthResult.unhealthy("gone").notReady(), CheckOptions.DEFAULT);
    assertThat(stepped.settle().live()).isTrue();
  }

  @Test
  void whatIsUnsureIsLookedAtAgainSoon() {
    int[] looks = {0};
    Liveness liveness =
        new Liveness(
            stepped.liveness.clock(),
            new DeadlockWatch() {
              @Override
              public List<String> look() {
                looks[0]++;
                return List.of();
              }

              @Override
              public boolean isUnsure() {
                return looks[0] == 1;
              }
            });
    long now = stepped.liveness.clock().getAsLong();
    liveness.look(now);
    assertThat(Duration.ofNanos(liveness.nanosUntilNext(now))).isEqualTo(Duration.ofMillis(200));
    liveness.look(now + 200_000_000);
    assertThat(looks[0]).isEqualTo(2);
    assertThat(Duration.ofNanos(liveness.nanosUntilNext(now + 200_000_000)))
        .isEqualTo(Duration.ofSeconds(10));
  }
}
