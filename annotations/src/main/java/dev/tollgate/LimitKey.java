package dev.tollgate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each value of this argument has a bucket of its own, with the limits of the limiter; null is a
 * value like any other. On several parameters of one limit, their combination is the key.
 *
 * <p>Values are told apart by {@code equals} where they are numbers, texts and the like, lists and
 * arrays by their elements, and whatever else by its text: an argument whose class has no {@code
 * toString} of its own is another key each time.
 *
 * <p>Of several {@link RateLimited} on the method, the first goes by key and the others hold for
 * all keys together, unless this names those that do.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface LimitKey {

  /** The limiters that go by this key; none means the first of the method. */
  String[] value() default {};
}
