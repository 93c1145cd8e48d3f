package dev.tollgate.health;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one odd result from changing what is shown. It takes so many results in a row that are
 * worse than what is shown to make it worse, and then it is as bad as the mildest of them; better,
 * the other way round. Not thread-safe.
 */
final class Hysteresis {
  private static final Comparator<HealthResult> FROM_BEST =
      Comparator.comparing(HealthResult::status)
          .thenComparing(HealthResult::ready, Comparator.reverseOrder());

  private final int failures;
  private final int successes;
  private @Nullable HealthResult shown;
  private @Nullable HealthResult nearest;
  private int worse;
  private int better;

  Hysteresis(int failures, int successes) {
    this.failures = failures;
    this.successes = successes;
  }

  /** What is to be shown after {@code result}. The first one is: nothing speaks against it. */
  HealthResult add(HealthResult result) {
    shown = shown == null ? result : next(shown, result);
    return shown;
  }

  private HealthResult next(HealthResult shown, HealthResult result) {
    int change = FROM_BEST.compare(result, shown);
    if (change == 0) {
      forget();
      return result;
    }
    if (change > 0) {
      better = 0;
      worse++;
    } else {
      worse = 0;
      better++;
    }
    HealthResult next = worse + better == 1 || nearest == null ? result : nearer(result, nearest);
    if (worse < failures && better < successes) {
      nearest = next;
      return shown;
    }
    forget();
    return next;
  }

  /** The one that is less of a change. */
  private HealthResult nearer(HealthResult result, HealthResult other) {
    int change = FROM_BEST.compare(result, other);
    return (worse > 0 ? change <= 0 : change >= 0) ? result : other;
  }

  private void forget() {
    worse = 0;
    better = 0;
    nearest = null;
  }
}
