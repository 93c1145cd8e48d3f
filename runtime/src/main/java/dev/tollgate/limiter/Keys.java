package dev.tollgate.limiter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys as they are kept: small, unchanging, and of no class of the program's, whose class loader
 * would live as long as the key.
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

  /**
   * {@code key} as it is kept: equal where the keys are. Lists and arrays go by their elements,
   * whatever isn't a plain value of the JDK's by its text.
   */
  static Object kept(@Nullable Object key) {
    if (key == null) {
      return Special.NULL;
    }
    if (key instanceof String text) {
      return bounded(text);
    }
    if (KEPT_AS_THEY_ARE.contains(key.getClass())) {
      return key;
    }
    if (key instanceof List<?> parts) {
      List<Object> kept = new ArrayList<>();
      for (Object part : parts.toArray()) {
        kept.add(kept(part));
      }
      return kept.size() <= LONGEST_TEXT ? kept : bounded(kept.toString());
    }
    return bounded(text(key));
  }

  private static String text(Object key) {
    if (key.getClass().isArray()) {
      String inBrackets = Arrays.deepToString(new Object[] {key});
      return inBrackets.substring(1, inBrackets.length() - 1);
    }
    try {
      return String.valueOf(key);
    } catch (RuntimeException e) {
      // All that can't say what they are share a bucket: the call stays limited.
      return key.getClass().getName();
    }
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_16BE)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
