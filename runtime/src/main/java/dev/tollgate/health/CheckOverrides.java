package dev.tollgate.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What configuration gives of the options of one check; null where it gives nothing.
 *
 * @param interval see {@link CheckOptions#interval}
 * @param timeout see {@link CheckOptions#timeout}
 * @param critical see {@link CheckOptions#critical}
 * @param failures see {@link CheckOptions#failures}
 * @param successes see {@link CheckOptions#successes}
 */
public record CheckOverrides(
    @Nullable Duration interval,
    @Nullable Duration timeout,
    @Nullable Boolean critical,
    @Nullable Integer failures,
    @Nullable Integer successes) {

  /** Nothing is given. */
  public static final CheckOverrides NONE = new CheckOverrides(null, null, null, null, null);

  /**
   * {@code options}, with what is given here instead.
   *
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public CheckOptions over(CheckOptions options) {
    return new CheckOptions(
        interval == null ? options.interval() : interval,
        timeout == null ? options.timeout() : timeout,
        critical == null ? options.critical() : critical,
        failures == null ? options.failures() : failures,
        successes == null ? options.successes() : successes);
  }
}
