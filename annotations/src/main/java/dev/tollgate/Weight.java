package dev.tollgate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This argument, an {@code int}, {@code long}, {@code Integer} or {@code Long}, is the number of
 * tokens that the call takes, in place of {@link RateLimited#weight()}. Zero passes free; a
 * negative one, or null, is an {@link IllegalArgumentException}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Weight {}
