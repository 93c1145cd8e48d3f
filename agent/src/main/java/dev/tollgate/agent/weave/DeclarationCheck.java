package dev.tollgate.agent.weave;

import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.LimiterNames;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.Waits;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an annotation says into what can be woven. Whatever it says wrongly is reported, and
 * replaced so that the call stays limited.
 */
final class DeclarationCheck {
  private DeclarationCheck() {}

  /**
   * @param group as in {@link Limit}
   * @param missed told what is wrong and what would be right
   */
  static Limit limit(Declaration declaration, int group, Consumer<String> missed) {
    if (!LimiterNames.isValid(declaration.limiter())) {
      missed.accept(
          "'"
              + declaration.limiter()
              + "' can't be a limiter's name: a letter first, then letters, digits, '_' or '-'. Each"
              + " call is one to an unknown limiter");
    }
    return new Limit(
        declaration.limiter(),
        weight(declaration, missed),
        timeoutNanos(declaration, missed),
        group);
  }

  /** The limiter that the annotation defines, or null where it defines none that can be. */
  static @Nullable RateLimitConfig definition(Declaration declaration, Consumer<String> missed) {
    if (!declaration.definesLimiter()) {
      return null;
    }
    try {
      if (declaration.permits() == 0 || declaration.period().isEmpty()) {
        throw new IllegalArgumentException("it takes both permits and period");
      }
      return RateLimitConfig.of(declaration.permits(), period(declaration.period()))
          .withBurst(declaration.burst());
    } catch (IllegalArgumentException e) {
      missed.accept(
          "the definition of limiter '"
              + declaration.limiter()
              + "' isn't used: "
              + e.getMessage());
      return null;
    }
  }

  private static Duration period(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("period " + e.getMessage(), e);
    }
  }

  private static long weight(Declaration declaration, Consumer<String> missed) {
    if (declaration.weight() < 0) {
      missed.accept(
          "weight is " + declaration.weight() + "; it must be 0 or more. Each call takes 1");
      return 1;
    }
    return declaration.weight();
  }

  private static long timeoutNanos(Declaration declaration, Consumer<String> missed) {
    if (declaration.timeout().isEmpty()) {
      return Outcome.OWN_TIMEOUT;
    }
    try {
      return Waits.nanos(Durations.parse(declaration.timeout()));
    } catch (IllegalArgumentException e) {
      missed.accept("timeout " + e.getMessage() + ". The limiter's own timeout counts");
      return Outcome.OWN_TIMEOUT;
    }
  }
}
