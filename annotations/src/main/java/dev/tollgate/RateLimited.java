package dev.tollgate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each execution of the annotated method or constructor takes a permit from the JVM-wide limiter of
 * this name before its body runs. Takes effect under {@code -javaagent:tollgate-agent.jar}.
 *
 * <p>On a type it covers the type's public methods; on a method that others override or implement,
 * those that carry none of their own. One entry takes once on a thread: what is reached inside it
 * through the same declaration takes none. A method's own annotation wins over its type's.
 *
 * <p>A method that returns {@link java.util.concurrent.CompletableFuture} or {@link
 * java.util.concurrent.CompletionStage} never blocks its caller: it begins when the permit is
 * there, and a refusal is a failed future.
 *
 * <p>Several on one method are taken all or nothing, at one instant; the shortest timeout and the
 * first fallback count.
 *
 * <p>A call that is refused throws {@link RateLimitExceededException}; a limiter that nobody
 * defined, {@link UnknownLimiterException}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
@Repeatable(RateLimited.List.class)
public @interface RateLimited {

  /** The limiter's name, {@code [A-Za-z][A-Za-z0-9_-]*}: {@code "github_api"}. */
  String value();

  /** Tokens that one call takes, where no parameter is the {@link Weight}; 0 passes free. */
  long weight() default 1;

  /**
   * The longest wait for a permit, with its unit: {@code "250ms"}, {@code "30s"}, {@code "1m"}.
   * {@code "0"} refuses at once; empty means the limiter's own.
   */
  String timeout() default "";

  /**
   * A method of the same class that answers instead of a refused call: the same parameters, an
   * optional last {@code Throwable}, the same return type. Exceptions of the body never reach it.
   */
  String fallback() default "";

  /**
   * With {@link #period()} and {@link #burst()}: defines the limiter here, where no configuration
   * does. Permits for each period; 0 means that it is defined elsewhere.
   */
  long permits() default 0;

  /** The period of {@link #permits()}, with its unit: {@code "1m"}. */
  String period() default "";

  /** Tokens on top of {@link #permits()} that a full bucket holds. */
  long burst() default 0;

  /** Several limits on one call. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
  @interface List {
    /** The limits, all of which the call must pass. */
    RateLimited[] value();
  }
}
