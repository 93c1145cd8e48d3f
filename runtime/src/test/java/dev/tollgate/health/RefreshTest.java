package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever wants every check run now. */
class RefreshTest {
  private static final CheckOptions DEFAULT = CheckOptions.DEFAULT;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SteppedEngine stepped = new SteppedEngine();
  private final HealthEngine engine = stepped.engine;
  private HealthResult found = HealthResult.healthy();

  @Test
  void aRefreshRunsAllChecksAtOnceAndAnswersWithWhatTheyFind() {
    engine.add("a", () -> found, DEFAULT);
    engine.add("b", HealthResult::healthy, DEFAULT);
    stepped.runFor(SECOND);
    found = HealthResult.degraded("new");
    CompletableFuture<HealthReport> refreshed = engine.refresh();
    stepped.settle();
    assertThat(refreshed).isCompleted();
    assertThat(refreshed.join().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(stepped.check("b").lastChecked()).isEqualTo(stepped.at(SECOND));
  }

  @Test
  void aRefreshWaitsForACheckNoLongerThanItsTimeout() {
    engine.add("check", HealthResult::healthy, DEFAULT);
    stepped.settle();
    stepped.hang("check");
    CompletableFuture<HealthReport> refreshed = engine.refresh();
    stepped.runFor(Duration.ofMillis(4_900));
    assertThat(refreshed).isNotCompleted();
    stepped.runFor(Duration.ofMillis(200));
    assertThat(refreshed.join().status()).isEqualTo(HealthStatus.DEGRADED);
    // And for one that hangs already, not at all.
    CompletableFuture<HealthReport> again = engine.refresh();
    stepped.settle();
    assertThat(again).isCompleted();
  }

  @Test
  void aRefreshIsNotAnsweredByARunThatBeganBeforeIt() {
    stepped.hang("check");
    engine.add("check", () -> found, DEFAULT);
    stepped.runFor(SECOND);
    CompletableFuture<HealthReport> refreshed = engine.refresh();
    stepped.settle();
    stepped.release("check");
    stepped.hang("check");
    stepped.settle();
    assertThat(refreshed).isNotCompleted();
    found = HealthResult.degraded("new");
    stepped.release("check");
    stepped.settle();
    assertThat(refreshed.join().status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void aRefreshRunsAgainWhatComesBackLateMeanwhile() {
    stepped.hang("check");
    engine.add("check", HealthResult::healthy, DEFAULT.withInterval(Duration.ofHours(1)));
    stepped.hang("slow");
    engine.add("slow", HealthResult::healthy, DEFAULT);
    stepped.runFor(Duration.ofSeconds(4));
    CompletableFuture<HealthReport> refreshed = engine.refresh();
    stepped.runFor(Duration.ofMillis(1_500));
    stepped.release("check");
    stepped.release("slow");
    stepped.runFor(SECOND);
    assertThat(refreshed).isCompleted();
    assertThat(stepped.check("check").stale()).isFalse();
  }

  @Test
  void whoeverWaitsNoLongerForARefreshIsForgotten() {
    stepped.hang("check");
    engine.add("check", HealthResult::healthy, DEFAULT);
    stepped.settle();
    CompletableFuture<HealthReport> refreshed = engine.refresh();
    refreshed.cancel(false);
    stepped.runFor(Duration.ofSeconds(6));
    assertThat(refreshed).isCancelled();
  }
}
