package dev.tollgate.limiter;

import java.nio.ByteBuffer;
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

  /** Lists in lists that are told apart. */
  private static final int DEEPEST = 8;

  private enum Special {
    NULL
  }

  private Keys() {}

  /**
   * {@code key} as it is kept: equal where the keys are. Lists and arrays go by their elements,
   * whatever isn't a plain value of the JDK's by its text.
   */
  static Object kept(@Nullable Object key) {
    return kept(key, 0);
  }

  private static Object kept(@Nullable Object key, int depth) {
    if (key == null) {
      return Special.NULL;
    }
    if (key instanceof String text) {
      return bounded(text);
    }
    if (KEPT_AS_THEY_ARE.contains(key.getClass())) {
      return key;
    }
    try {
      if (key instanceof List<?> parts) {
        // One that goes on for ever, or as good as, is what it is.
        return depth < DEEPEST ? kept(parts, depth + 1) : key.getClass().getName();
      }
      return bounded(text(key));
    } catch (RuntimeException | StackOverflowError e) {
      // All that can't say what they are share a bucket: the call stays limited.
      return key.getClass().getName();
    }
  }

  private static Object kept(List<?> parts, int depth) {
    List<Object> kept = new ArrayList<>();
    for (Object part : parts.toArray()) {
      kept.add(kept(part, depth));
    }
    StringBuilder text = new StringBuilder();
    spell(kept, text);
    return text.length() <= LONGEST_TEXT ? kept : bounded(text.toString());
  }

  /** So that no two lists are spelled alike, whatever their texts hold. */
  private static void spell(Object kept, StringBuilder text) {
    if (kept instanceof List<?> parts) {
      text.append('[').append(parts.size());
      for (Object part : parts) {
        spell(part, text);
      }
    } else {
      String own = kept.toString();
      text.append(kept.getClass().getSimpleName()).append(own.length()).append(':').append(own);
    }
  }

  private static String text(Object key) {
    if (key.getClass().isArray()) {
      String inBrackets = Arrays.deepToString(new Object[] {key});
      return inBrackets.substring(1, inBrackets.length() - 1);
    }
    // Some say null.
    return String.valueOf(key.toString());
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Not encoded: what is no valid text would be replaced, and be the same.
      ByteBuffer chars = ByteBuffer.allocate(Character.BYTES * text.length());
      chars.asCharBuffer().put(text);
      return HexFormat.of().formatHex(digest.digest(chars.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
