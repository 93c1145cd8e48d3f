package dev.tollgate.health.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control group of this process, with all above it that can be seen. Memory must be free in
 * each: a limit further up is shared with the groups beside this one, and may be the first that is
 * reached.
 *
 * @param version what its files are called
 * @param folder its own folder
 * @param top the folder of the highest group that can be seen
 */
record ControlGroup(GroupVersion version, Path folder, Path top) {
  private static final String STATISTICS = "memory.stat";

  /**
   * The group that has the least memory left; empty where none has a limit below what the host has.
   *
   * @throws IOException if a limit is set and can't be told, or what is used of it
   */
  Optional<MemoryReading> tightest(long hostBytes) throws IOException {
    MemoryReading tightest = null;
    for (Path group = folder; group != null; group = above(group)) {
      MemoryReading reading = read(new GroupFiles(group), hostBytes);
      if (reading != null
          && (tightest == null || reading.availableBytes() < tightest.availableBytes())) {
        tightest = reading;
      }
    }
    return Optional.ofNullable(tightest);
  }

  private @Nullable MemoryReading read(GroupFiles files, long hostBytes) throws IOException {
    long limit = limit(files);
    if (limit >= hostBytes) {
      // Version 1 writes "no limit" as a number that no host has.
      return null;
    }
    long used = files.number(version.usage()) - files.statistic(STATISTICS, version.cache(), 0);
    long available = limit - Math.max(used, 0);
    return new MemoryReading(limit, Math.max(available, 0), version.source());
  }

  private long limit(GroupFiles files) throws IOException {
    long own = files.number(version.limit(), GroupFiles.UNLIMITED);
    return version == GroupVersion.V1
        // The least of all above, those that can't be seen from here among them.
        ? Math.min(
            own, files.statistic(STATISTICS, "hierarchical_memory_limit", GroupFiles.UNLIMITED))
        : own;
  }

  /** The group that counts this one too; null where none does that can be seen. */
  private @Nullable Path above(Path group) throws IOException {
    Path parent = group.getParent();
    if (parent == null || !parent.startsWith(top)) {
      return null;
    }
    // Old kernels let a group of version 1 count its own processes alone.
    boolean counts =
        version == GroupVersion.V2 || new GroupFiles(parent).number("memory.use_hierarchy", 1) != 0;
    return counts ? parent : null;
  }
}
