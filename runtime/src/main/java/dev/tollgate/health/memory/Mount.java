package dev.tollgate.health.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where a part of a hierarchy of control groups is mounted.
 *
 * @param root the group that is found there, as a path from the hierarchy's root
 * @param point the folder
 */
record Mount(String root, String point) {
  /** What separates the fields of which a line may have any number from the last three. */
  private static final String SEPARATOR = " - ";

  /** Of {@code /proc/self/mountinfo}, those of this version that count memory. */
  static List<Mount> of(GroupVersion version, List<String> lines) {
    // What is mounted later at the same place hides what was there before.
    Map<String, Mount> visible = new LinkedHashMap<>();
    for (String line : lines) {
      int separator = line.indexOf(SEPARATOR);
      if (separator < 0) {
        continue;
      }
      String[] first = line.substring(0, separator).split(" ", -1);
      String[] last = line.substring(separator + SEPARATOR.length()).split(" ", -1);
      if (first.length < 5 || last.length < 3 || !version.isMountedBy(last[0], last[2])) {
        continue;
      }
      Mount mount = new Mount(unescape(first[3]), unescape(first[4]));
      visible.put(mount.point(), mount);
    }
    return new ArrayList<>(visible.values());
  }

  /**
   * The way from here to the group: empty for the very one that is mounted, {@code /a/b} for one
   * below it, null for one that isn't.
   */
  @Nullable String below(String path) {
    if (isAboveNamespace(root) && !isOutsideNamespace(path)) {
      // A group above all that this process may see: which way leads down isn't told, but its
      // limit holds.
      return "";
    }
    String prefix = root.equals("/") ? "" : root;
    if (!path.equals(root) && !path.startsWith(prefix + "/")) {
      return null;
    }
    String rest = path.substring(prefix.length());
    return isOutsideNamespace(rest) ? null : rest.equals("/") ? "" : rest;
  }

  private static boolean isAboveNamespace(String path) {
    return path.startsWith("/..") && path.replace("/..", "").isEmpty();
  }

  private static boolean isOutsideNamespace(String path) {
    return path.equals("/..") || path.startsWith("/../");
  }

  /** Blanks and the like are written as a backslash and three octal digits. */
  private static String unescape(String field) {
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length() && isOctal(field, i + 1)) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }

  private static boolean isOctal(String field, int start) {
    for (int i = start; i < start + 3; i++) {
      if (field.charAt(i) < '0' || field.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
