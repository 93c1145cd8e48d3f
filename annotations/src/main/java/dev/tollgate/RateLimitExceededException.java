package dev.tollgate;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call was refused: its limiter could not have given the permit within the call's timeout, or the
 * thread was interrupted while it waited (the cause is then an {@link InterruptedException} and the
 * interrupt flag is set). No permit was taken.
 */
public class RateLimitExceededException extends RejectedExecutionException {
  @Serial private static final long serialVersionUID = 1L;

  private final String limiter;
  private final Duration retryAfter;

  /**
   * Made by Tollgate; the agent calls it in whichever version the program carries, so its shape
   * stays.
   *
   * @param message what was refused and why
   * @param limiter the limiter's name
   * @param retryAfter see {@link #retryAfter()}
   * @param cause why the wait ended early, or null
   */
  public RateLimitExceededException(
      String message, String limiter, Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.limiter = limiter;
    this.retryAfter = retryAfter;
  }

  /** The name of the limiter that refused. */
  public String limiter() {
    return limiter;
  }

  /**
   * How long after the refusal the same call could be granted, if nobody else asks: never too
   * short. {@code ChronoUnit.FOREVER.getDuration()} where the call's weight is above the limiter's
   * capacity. Of a call that was interrupted, it is how long after that its permit would have come.
   */
  public Duration retryAfter() {
    return retryAfter;
  }
}
