package dev.tollgate.limiter;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys as they are kept: small, unchanging, and of no class of the program's, whose class loader
 * would live as long as the key. Types count by their names: classes of one name in two class
 * loaders are the same type, since a limiter is one for the whole JVM and a class that is loaded
 * again must not begin with full buckets.
 */
final class Keys {
  private static final Set<Class<?>> KEPT_AS_THEY_ARE =
      Set.of(
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          UUID.class);

  /** A longer text is kept as its digest: whoever chooses keys may choose long ones. */
  private static final int LONGEST_TEXT = 128;

  private enum Special {
    NULL
  }

  private Keys() {}

  /** {@code key} as it is kept: equal if the keys are, as {@link KeyEncoding} has it. */
  static Object kept(@Nullable Object key) {
    if (key == null) {
      return Special.NULL;
    }
    if (key instanceof String text && text.length() <= LONGEST_TEXT) {
      return text;
    }
    return KEPT_AS_THEY_ARE.contains(key.getClass()) ? key : encoded(key);
  }

  private static Object encoded(Object key) {
    try {
      return new KeyEncoding().of(key);
    } catch (Throwable fault) {
      // Too large, or at the end of the stack or of memory. All such keys of a type share a bucket:
      // the call stays limited.
      return EncodedKey.ofType(key.getClass().getName());
    }
  }
}
