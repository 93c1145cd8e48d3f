package dev.tollgate.health;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one odd result from changing what is shown. It takes so many results in a row that are
 * worse than what is shown to make it worse, and then it is as bad as the mildest of them; better,
 * the other way round. Not thread-safe.
 */
final class Hysteresis {
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
    int change = compare(result, shown);
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
    int change = compare(result, other);
    return (worse > 0 ? change <= 0 : change >= 0) ? result : other;
  }

  /** From best to worst. */
  private static int compare(HealthResult one, HealthResult other) {
    int status = one.status().compareTo(other.status());
    return status == 0 ? Boolean.compare(other.ready(), one.ready()) : status;
  }

  private void forget() {
    worse = 0;
    better = 0;
    nearest = null;
  }
}
