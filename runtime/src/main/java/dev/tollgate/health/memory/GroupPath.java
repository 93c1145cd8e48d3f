package dev.tollgate.health.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in its hierarchy the group stands that counts the memory of this process.
 *
 * @param version of the hierarchy
 * @param path from the hierarchy's root or, seen from inside a namespace, from that one's
 */
record GroupPath(GroupVersion version, String path) {

  /**
   * Reads {@code /proc/self/cgroup}: lines of {@code id:controllers:path}. Each controller belongs
   * to one hierarchy, so version 2, which names none, counts memory only where version 1 doesn't.
   */
  static @Nullable GroupPath of(List<String> lines) {
    GroupPath unified = null;
    for (String line : lines) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      if (List.of(fields[1].split(",")).contains("memory")) {
        return new GroupPath(GroupVersion.V1, fields[2]);
      }
      if (fields[0].equals("0") && fields[1].isEmpty()) {
        unified = new GroupPath(GroupVersion.V2, fields[2]);
      }
    }
    return unified;
  }
}
