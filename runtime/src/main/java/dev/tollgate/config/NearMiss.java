package dev.tollgate.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody meant who wrote a key that doesn't exist. */
final class NearMiss {
  private static final int MOST_EDITS = 2;

  private NearMiss() {}

  /** The one of {@code known} that differs from {@code written} by a slip; null where none does. */
  static @Nullable String of(String written, List<String> known) {
    String best = null;
    int fewest = MOST_EDITS + 1;
    for (String candidate : known) {
      if (written.length() > 2 * candidate.length() + MOST_EDITS) {
        continue; // It may be of any length.
      }
      int edits = edits(plain(written), plain(candidate));
      if (edits < fewest && edits * 2 <= candidate.length()) {
        best = candidate;
        fewest = edits;
      }
    }
    return best;
  }

  /** So that {@code maxWaiting} and {@code max_waiting} are {@code max-waiting}. */
  private static String plain(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
