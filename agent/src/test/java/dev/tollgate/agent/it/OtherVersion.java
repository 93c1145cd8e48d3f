package dev.tollgate.agent.it;

import java.nio.file.Path;
import java.util.List;

/** The annotations as another version might have them: less in one place, more in another. */
final class OtherVersion {
  private static final String RATE_LIMITED =
      """
      package dev.tollgate;

      import java.lang.annotation.Retention;
      import java.lang.annotation.RetentionPolicy;

      @Retention(RetentionPolicy.RUNTIME)
      public @interface RateLimited {
        String value();
        String timeout() default "";
        String ofAnotherVersion() default "";
      }
      """;
  private static final String EXCEEDED =
      """
      package dev.tollgate;

      import java.time.Duration;
      import java.util.concurrent.RejectedExecutionException;

      public class RateLimitExceededException extends RejectedExecutionException {
        public RateLimitExceededException(
            String message, String limiter, Duration retryAfter, Throwable cause) {
          super(message, cause);
        }

        public String ofAnotherVersion() {
          return "another version";
        }
      }
      """;

  private OtherVersion() {}

  /** A folder of classes. */
  static Path classes() {
    return Programs.compile(List.of(), RATE_LIMITED, EXCEEDED);
  }
}
