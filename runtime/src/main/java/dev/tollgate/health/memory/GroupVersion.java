package dev.tollgate.health.memory;

import java.util.List;

/** The two kinds of control groups, and what their files are called. */
enum GroupVersion {
  V1(
      MemoryReading.Source.CGROUP_V1,
      "memory.limit_in_bytes",
      "memory.usage_in_bytes",
      "total_inactive_file"),
  V2(MemoryReading.Source.CGROUP_V2, "memory.max", "memory.current", "inactive_file");

  private final MemoryReading.Source source;
  private final String limit;
  private final String usage;
  private final String cache;

  GroupVersion(MemoryReading.Source source, String limit, String usage, String cache) {
    this.source = source;
    this.limit = limit;
    this.usage = usage;
    this.cache = cache;
  }

  MemoryReading.Source source() {
    return source;
  }

  /** The file with the most that a group may use. */
  String limit() {
    return limit;
  }

  /** The file with what it uses, cached files included. */
  String usage() {
    return usage;
  }

  /** In {@code memory.stat}, how much of that are cached files that nobody has read again. */
  String cache() {
    return cache;
  }

  /** Whether a file system of this type and with these options shows groups that count memory. */
  boolean isMountedBy(String type, String options) {
    return this == V2
        ? type.equals("cgroup2")
        : type.equals("cgroup") && List.of(options.split(",")).contains("memory");
  }
}
