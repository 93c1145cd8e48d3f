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
 * <p>Values of the JDK (numbers, texts, {@code UUID}, {@code java.time} and the like) are told
 * apart by {@code equals}, arrays by their element type and elements, records by their type and
 * components, enum constants by their type and name. Lists go by their elements in order; sets,
 * maps and other collections by theirs in any order. All else goes by its type and its text: a
 * value whose class has no {@code toString} of its own is another key each time. A type is the name
 * of a class, whichever loader it came from. Nothing of the value itself is kept.
 *
 * <p>Values that can't be told apart share a bucket: those of one type that throw when they are
 * asked, that differ only below 64 levels of nesting, or that hold more than a million values.
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
