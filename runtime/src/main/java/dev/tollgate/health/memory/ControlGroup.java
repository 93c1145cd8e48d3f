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
 * <p>What is available of a limit is what is not charged to the group, plus what the kernel takes
 * back before it fails an allocation: cached files and reclaimable slab. This is the rule of {@code
 * MemAvailable} in {@code /proc/meminfo} (Documentation/filesystems/proc.rst), without its
 * deduction of the low watermark, which a group doesn't have.
 *
 * <ul>
 *   <li>Cached files are {@code inactive_file} and {@code active_file}: a file that is read twice
 *       is active, and is pushed out all the same. These are the sizes of the kernel's lists, so
 *       they leave out what can't be pushed out: tmpfs and shared memory, which are on the lists of
 *       anonymous memory although {@code file} and {@code cache} count them, and locked pages,
 *       which are on the list of unevictable ones. Dirty pages count as available; they are written
 *       first.
 *   <li>{@code slab_reclaimable} is in version 2 only. Version 1 charges slab and doesn't say how
 *       much of it can be taken back, so there all of it counts as used.
 *   <li>{@code memory.high} is a limit too: above it the kernel slows the group down.
 *   <li>Swap does not count, as it does not in {@code MemAvailable}: a heap that is swapped out
 *       comes back at each collection.
 * </ul>
 *
 * <p>Pressure stall information does not count either. It measures lost time, and a program that
 * reads files larger than its limit loses time without being short of memory.
 *
 * <p>Sources: Documentation/admin-guide/cgroup-v2.rst ("memory.stat", "memory.high") and
 * Documentation/admin-guide/cgroup-v1/memory.rst (5.2, stat file).
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
    long used = files.number(version.usage()) - files.statistics(STATISTICS, version.reclaimable());
    long available = limit - Math.max(used, 0);
    return new MemoryReading(limit, Math.max(available, 0), version.source());
  }

  private long limit(GroupFiles files) throws IOException {
    long own = files.number(version.limit(), GroupFiles.UNLIMITED);
    long other =
        version == GroupVersion.V1
            // The least of all above, those that can't be seen from here among them.
            ? files.statistic(STATISTICS, "hierarchical_memory_limit", GroupFiles.UNLIMITED)
            : files.number("memory.high", GroupFiles.UNLIMITED);
    return Math.min(own, other);
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
