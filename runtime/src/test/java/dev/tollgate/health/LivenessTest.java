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
    HealthReport silent = stepped.runFor(Duration.ofMillis(1));
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
            () -> {
              throw new NoClassDefFoundError("java/lang/management/ManagementFactory");
            });
    assertThat(liveness.look(stepped.liveness.clock().getAsLong())).isEqualTo(List.of());
  }

  @Test
  void nothingThatAChecksFindsCountsForIt() {
    stepped.engine.add(
        "check", () -> HealthResult.unhealthy("gone").notReady(), CheckOptions.DEFAULT);
    assertThat(stepped.settle().live()).isTrue();
  }
}
