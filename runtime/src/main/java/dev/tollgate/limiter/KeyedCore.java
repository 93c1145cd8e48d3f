package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * A limiter whose bucket lives here, and that of each key with it. Keys are objects of the
 * program's, so no limiter behind a {@link Door} has them.
 */
public interface KeyedCore extends LimiterCore {

  /**
   * The bucket of one key, with the limits of this limiter; null is a key like any other. Keys are
   * told apart as {@link KeyEncoding} says.
   */
  TokenSource ofKey(@Nullable Object key);
}
