package dev.tollgate.config;

/**
 * Where a value was given, in the words of an error message.
 *
 * @param place for a sentence about the place: {@code /etc/tollgate.conf:3}, {@code agent
 *     arguments}
 * @param lead what comes before a key of this place: {@code "system property "}
 * @param prefix what comes before a path to make the key that was written there: {@code tollgate.}
 * @param isFile whether it is a configuration file
 */
record Origin(String place, String lead, String prefix, boolean isFile) {
  static final Origin SYSTEM_PROPERTY =
      new Origin("system properties", "system property ", "tollgate.", false);
  static final Origin AGENT_ARGUMENT = new Origin("agent arguments", "agent argument ", "", false);

  /** A line, counted from 1, of a file; 0 where it isn't known. */
  static Origin file(String name, int line) {
    String place = line > 0 ? name + ":" + line : name;
    return new Origin(place, place + ": ", "tollgate.", true);
  }

  /** The key at {@code path} (from {@code tollgate} on) as it is written here. */
  String key(String path) {
    return path.isEmpty() && isFile ? "tollgate" : prefix + path;
  }

  /** The beginning of a sentence about the value at {@code path}. */
  String name(String path) {
    return lead + key(path);
  }
}
