package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM in a control group of the kernel's. Limits are the machine's business, so groups are made
 * only inside one that somebody has set aside for it, by the name of its folder. It must count
 * memory and, with version 2, let the groups below it do so too.
 */
class RealControlGroupTest {
  private static final String SET_ASIDE = "TOLLGATE_TEST_CGROUP";
  private static final long MB = 1L << 20;

  /** More than the JVM that reads takes itself. */
  private static final long JVM = 160 * MB;

  private final Deque<Path> made = new ArrayDeque<>();
  private Path top;

  @BeforeEach
  void aGroupIsSetAside() {
    String folder = System.getenv(SET_ASIDE);
    assumeTrue(folder != null, SET_ASIDE + " names no control group to make others in");
    top = Path.of(folder);
  }

  @AfterEach
  void removeGroups() throws IOException {
    while (!made.isEmpty()) {
      Files.delete(made.pop());
    }
  }

  @Test
  void theLimitIsReadNotTheHost() throws IOException {
    Path group = limited(group(top, "one"), 512 * MB);

    MemoryReading reading = readIn(group, "true");

    assertThat(reading.totalBytes()).isEqualTo(512 * MB);
    assertThat(reading.availableBytes()).isBetween(512 * MB - JVM, 512 * MB - 1);
    assertThat(reading.source()).isEqualTo(version(group).source());
  }

  @Test
  void aTighterLimitFurtherUpDecides() throws IOException {
    Path outer = limited(group(top, "outer"), 384 * MB);
    letBelowCount(outer);
    Path inner = limited(group(outer, "inner"), 768 * MB);

    assertThat(readIn(inner, "true").totalBytes()).isEqualTo(384 * MB);
  }

  @Test
  void aGroupWithoutALimitHasTheHosts() throws IOException {
    MemoryReading reading = readIn(group(top, "free"), "true");

    assertThat(reading.source()).isEqualTo(MemoryReading.Source.HOST);
    assertThat(reading.totalBytes()).isEqualTo(new LazyHostMemory().read().totalBytes());
  }

  @Test
  void aFileThatTheGroupHasInItsCacheIsNotUsed(@TempDir Path directory) throws IOException {
    assumeTrue(
        !Files.getFileStore(directory).type().equals("tmpfs"),
        "the files of " + directory + " are memory themselves, not cache");
    Path group = limited(group(top, "cache"), 512 * MB);
    Path file = directory.resolve("file");

    MemoryReading reading = readIn(group, "head -c 300000000 /dev/zero >" + file + " && sync");

    assertThat(reading.availableBytes()).isGreaterThan(512 * MB - JVM);
  }

  private MemoryReading readIn(Path group, String before) throws IOException {
    Fork fork =
        new Fork(MemoryProgram.class)
            .withOshi()
            .option("-Xmx64m")
            .after("echo $$ >" + group.resolve("cgroup.procs") + " && " + before);
    return reading(fork.run());
  }

  private static MemoryReading reading(List<String> lines) {
    String last = lines.get(lines.size() - 1);
    assertThat(last).startsWith("MemoryReading[");
    String[] fields = last.split("[=,\\]]");
    return new MemoryReading(
        Long.parseLong(fields[1]),
        Long.parseLong(fields[3]),
        MemoryReading.Source.valueOf(fields[5]));
  }

  private Path group(Path parent, String name) throws IOException {
    Path group = Files.createDirectory(parent.resolve("tollgate-" + name));
    made.push(group);
    return group;
  }

  private static Path limited(Path group, long bytes) throws IOException {
    return Files.writeString(group.resolve(version(group).limit()), Long.toString(bytes))
        .getParent();
  }

  private static void letBelowCount(Path group) throws IOException {
    if (version(group) == GroupVersion.V2) {
      Files.writeString(group.resolve("cgroup.subtree_control"), "+memory");
    }
  }

  private static GroupVersion version(Path group) {
    return Files.exists(group.resolve(GroupVersion.V2.limit())) ? GroupVersion.V2 : GroupVersion.V1;
  }
}
