package dev.tollgate.health.memory;

import java.util.List;
import java.util.Set;

/** The two kinds of control groups, and what their files are called. */
enum GroupVersion {
  V1(
      MemoryReading.Source.CGROUP_V1,
      "memory.limit_in_bytes",
      "memory.usage_in_bytes",
      Set.of("total_inactive_file", "total_active_file")),
  V2(
      MemoryReading.Source.CGROUP_V2,
      "memory.max",
      "memory.current",
      Set.of("inactive_file", "active_file", "slab_reclaimable"));

  private final MemoryReading.Source source;
  private final String limit;
  private final String usage;

  @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
  private final Set<String> reclaimable;

  GroupVersion(MemoryReading.Source source, String limit, String usage, Set<String> reclaimable) {
    this.source = source;
    this.limit = limit;
    this.usage = usage;
    this.reclaimable = reclaimable;
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

  /** In {@code memory.stat}, the parts of that which the kernel takes back when it needs room. */
  Set<String> reclaimable() {
    return reclaimable;
  }

  /** Whether a file system of this type and with these options shows groups that count memory. */
  boolean isMountedBy(String type, String options) {
    return this == V2
        ? type.equals("cgroup2")
        : type.equals("cgroup") && List.of(options.split(",")).contains("memory");
  }
}
