package dev.tollgate.agent.cli.demo;

import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;

/**
 * What the demo is played with.
 *
 * @param quota calls that the server answers in each window
 * @param window how long the server's window is
 * @param limit what the limiter allows
 * @param calls how many calls the client makes
 * @param threads from how many threads
 */
public record Scenario(int quota, Duration window, RateLimitConfig limit, int calls, int threads) {

  /** The limiter's name, as the client's annotation has it. */
  public static final String LIMITER = "github_api";

  /** Takes about 13 seconds with the limiter: 50 calls at once, then 8 a second. */
  public static Scenario standard() {
    Duration window = Duration.ofSeconds(5);
    return new Scenario(100, window, RateLimitConfig.of(40, window).withBurst(10), 150, 4);
  }

  /**
   * The most calls that the limiter lets through in any window: {@code capacity +
   * permits·window/period}.
   *
   * <p>A call counts at the server a little after it got its permit. At most one of each thread is
   * on its way when a window begins, so a quota with room for {@code threads} more is never passed,
   * however slow the machine is.
   */
  public long mostInAnyWindow() {
    return limit.capacity() + limit.permits() * window.toNanos() / limit.period().toNanos();
  }

  /** How long all calls take with the limiter: what its bucket doesn't hold has to be refilled. */
  public Duration expectedTime() {
    return limit
        .period()
        .multipliedBy(Math.max(0, calls - limit.capacity()))
        .dividedBy(limit.permits());
  }

  /** The limiter's configuration in HOCON, below {@code tollgate.limiters}. */
  public String limiterSettings() {
    return LIMITER
        + " { permits = "
        + limit.permits()
        + ", period = "
        + Durations.print(limit.period())
        + ", burst = "
        + limit.burst()
        + " }";
  }
}
