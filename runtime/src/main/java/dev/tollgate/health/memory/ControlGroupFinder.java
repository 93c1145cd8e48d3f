package dev.tollgate.health.memory;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the folder of the control group that counts this process's memory.
 *
 * <p>{@code /proc/self/cgroup} has the group's path in its hierarchy, {@code /proc/self/mountinfo}
 * has what part of the hierarchy is mounted where; the folder follows from both. The two need not
 * agree: in a container the path may be the host's while only the container's own part is mounted.
 */
final class ControlGroupFinder {
  private final Path groups;
  private final Path mounts;

  /**
   * @param processFiles where the system describes this process: {@code /proc/self}
   */
  ControlGroupFinder(Path processFiles) {
    this.groups = processFiles.resolve("cgroup");
    this.mounts = processFiles.resolve("mountinfo");
  }

  /**
   * The group; empty where there is none, or none that can be seen.
   *
   * @throws IOException if it is described by what can't be read
   */
  Optional<ControlGroup> find() throws IOException {
    GroupPath path = GroupPath.of(lines(groups));
    if (path == null) {
      return Optional.empty();
    }
    for (Mount mount : Mount.of(path.version(), lines(mounts))) {
      Path folder = folderOf(path, mount);
      if (folder != null) {
        return Optional.of(new ControlGroup(path.version(), folder, Path.of(mount.point())));
      }
    }
    return Optional.empty();
  }

  /** The deepest folder that fits: the mount may begin anywhere along the path. */
  private static @Nullable Path folderOf(GroupPath path, Mount mount) {
    for (String below = mount.below(path.path());
        below != null;
        below = below.isEmpty() ? null : withoutFirst(below)) {
      File folder = new File(mount.point() + below);
      if (folder.isDirectory()) {
        return folder.toPath();
      }
    }
    return null;
  }

  private static String withoutFirst(String path) {
    int next = path.indexOf('/', 1);
    return next < 0 ? "" : path.substring(next);
  }

  /** None where the file isn't there: not every system has control groups. */
  private static List<String> lines(Path file) throws IOException {
    try {
      // Names may be in any encoding; what isn't UTF-8 must not hide the rest.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new IOException(file + " can't be read: " + e.getMessage(), e);
    }
  }
}
