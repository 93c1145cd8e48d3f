package dev.tollgate.health.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A machine's control groups as files, for a test to lay out. */
final class Groups {
  static final long GB = 1L << 30;
  static final long HOST_TOTAL = 16 * GB;
  static final long HOST_AVAILABLE = 12 * GB;
  static final MemoryReading HOST =
      new MemoryReading(HOST_TOTAL, HOST_AVAILABLE, MemoryReading.Source.HOST);

  /** What version 1 writes where there is no limit, with pages of 4 KB. */
  static final String NO_LIMIT = "9223372036854771712";

  private final Path directory;
  private final List<String> memberships = new ArrayList<>();
  private final List<String> mounts = new ArrayList<>();
  private MemoryReading host = HOST;

  Groups(Path directory) {
    this.directory = directory;
    mount("/", "/proc", "proc", "rw");
  }

  Path folder(String name) {
    return directory.resolve(name);
  }

  /** A line of {@code /proc/self/cgroup}. */
  Groups member(String line) {
    memberships.add(line);
    return this;
  }

  /** Mounts the group {@code root} of the hierarchy of version 2 at this folder. */
  Groups mountV2(String root, String folder) {
    return mount(root, folder(folder).toString(), "cgroup2", "rw,nsdelegate");
  }

  /** Mounts the group {@code root} of version 1's hierarchy of these controllers. */
  Groups mountV1(String root, String folder, String controllers) {
    return mount(root, folder(folder).toString(), "cgroup", "rw," + controllers);
  }

  private Groups mount(String root, String point, String type, String options) {
    String place = escape(root) + " " + escape(point);
    // A number of optional fields that differs, as in real files.
    String optional = mounts.size() % 2 == 0 ? "shared:9 master:4 " : "";
    mounts.add("31 23 0:28 " + place + " rw,relatime " + optional + "- " + type + " x " + options);
    return this;
  }

  private static String escape(String path) {
    return path.replace("\\", "\\134").replace(" ", "\\040");
  }

  /** A group of version 2 with a limit. */
  Groups v2(String folder, Object limit, long usage, long cache) {
    return file(folder + "/memory.max", limit)
        .file(folder + "/memory.current", usage)
        .file(
            folder + "/memory.stat",
            "anon 7\nfile 9\nslab_reclaimable 0\ninactive_file %d\nactive_file %d\nslab 3"
                .formatted(cache / 3, cache - cache / 3));
  }

  /** A group of version 1 with a limit. */
  Groups v1(String folder, Object limit, long usage, long cache) {
    return file(folder + "/memory.limit_in_bytes", limit)
        .file(folder + "/memory.usage_in_bytes", usage)
        .file(folder + "/memory.use_hierarchy", 1)
        .file(
            folder + "/memory.stat",
            "inactive_file 1\nhierarchical_memory_limit %s\ntotal_inactive_file %d\ntotal_active_file %d"
                .formatted(limit, cache / 3, cache - cache / 3));
  }

  /** Writes a file, as the system does with a line's end. */
  Groups file(String name, Object content) {
    try {
      Path file = folder(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Groups host(long total, long available) {
    host = new MemoryReading(total, available, MemoryReading.Source.HOST);
    return this;
  }

  /** What a process there reads. */
  MemoryReading read() throws IOException {
    if (!memberships.isEmpty()) {
      file("proc/cgroup", String.join("\n", memberships));
    }
    file("proc/mountinfo", String.join("\n", mounts));
    return new MemoryReader(folder("proc"), () -> host).read();
  }
}
