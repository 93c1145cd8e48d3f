package dev.tollgate.health;

import static dev.tollgate.health.HealthResult.degraded;
import static dev.tollgate.health.HealthResult.healthy;
import static dev.tollgate.health.HealthResult.unhealthy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HysteresisTest {
  private static final HealthResult OK = healthy();
  private static final HealthResult BAD = degraded("");
  private static final HealthResult WORSE = unhealthy("");

  @Test
  void byDefaultEachResultCounts() {
    assertThat(shown(1, 1, OK, BAD, WORSE, BAD, OK)).containsExactly(OK, BAD, WORSE, BAD, OK);
  }

  @Test
  void theFirstResultCountsWhateverItIs() {
    assertThat(shown(3, 3, WORSE, OK)).containsExactly(WORSE, WORSE);
  }

  @Test
  void itTakesSoManyFailuresInARowToGoDown() {
    assertThat(shown(3, 1, OK, BAD, BAD, OK, BAD, BAD, BAD))
        .containsExactly(OK, OK, OK, OK, OK, OK, BAD);
  }

  @Test
  void itTakesSoManySuccessesInARowToComeUp() {
    assertThat(shown(1, 3, BAD, OK, OK, BAD, OK, OK, OK))
        .containsExactly(BAD, BAD, BAD, BAD, BAD, BAD, OK);
  }

  @Test
  void goingDownItIsAsBadAsTheMildestOfThem() {
    assertThat(shown(2, 1, OK, WORSE, BAD, WORSE, WORSE)).containsExactly(OK, OK, BAD, BAD, WORSE);
  }

  @Test
  void comingUpItIsAsGoodAsTheWorstOfThem() {
    assertThat(shown(1, 2, WORSE, OK, BAD, OK, OK)).containsExactly(WORSE, WORSE, BAD, BAD, OK);
  }

  @Test
  void readinessGoesUpAndDownLikeAStatus() {
    HealthResult notReady = BAD.notReady();
    assertThat(shown(2, 2, BAD, notReady, notReady, BAD, BAD))
        .containsExactly(BAD, BAD, notReady, notReady, BAD);
  }

  @Test
  void whatIsShownAlreadyIsShownInItsNewestWords() {
    assertThat(shown(3, 3, degraded("a"), degraded("b")))
        .containsExactly(degraded("a"), degraded("b"));
  }

  private static List<HealthResult> shown(int failures, int successes, HealthResult... found) {
    Hysteresis hysteresis = new Hysteresis(failures, successes);
    List<HealthResult> shown = new ArrayList<>();
    for (HealthResult result : found) {
      shown.add(hysteresis.add(result));
    }
    return shown;
  }
}
