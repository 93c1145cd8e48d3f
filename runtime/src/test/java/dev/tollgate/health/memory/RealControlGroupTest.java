package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM in a control group of the kernel's, made for it below the group of this process, or below
 * one that the environment names. Where nobody may make any that count memory, that is told.
 */
class RealControlGroupTest {
  private static final String SET_ASIDE = "TOLLGATE_TEST_CGROUP";
  private static final long MB = 1L << 20;

  /** More than the JVM that reads takes itself. */
  private static final long JVM = 160 * MB;

  private final Deque<Path> made = new ArrayDeque<>();
  private Path top;

  @BeforeEach
  void groupsMayBeMadeHere() throws IOException {
    String named = System.getenv(SET_ASIDE);
    top = named == null ? ownGroup() : Path.of(named);
    try {
      limited(group(top, "attempt"), 512 * MB);
    } catch (IOException e) {
      skip("no control group can be made and limited in " + top + ": " + e);
    }
  }

  @AfterEach
  void removeGroups() throws IOException {
    while (!made.isEmpty()) {
      remove(made.pop());
    }
  }

  /** The kernel lets a group go a moment after its last process. */
  private static void remove(Path group) throws IOException {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        Files.delete(group);
        return;
      } catch (FileSystemException e) {
        if (System.nanoTime() - patience > 0) {
          throw e;
        }
        Thread.yield();
      }
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

  @Test
  void aFileThatIsReadAgainAndAgainIsNotUsed(@TempDir Path directory) throws IOException {
    assumeTrue(
        !Files.getFileStore(directory).type().equals("tmpfs"),
        "the files of " + directory + " are memory themselves, not cache");
    Path group = limited(group(top, "read-again"), 600 * MB);
    Path file = directory.resolve("file");
    String read = " && cat " + file + " >/dev/null";

    MemoryReading reading =
        readIn(group, "head -c 520000000 /dev/zero >" + file + " && sync" + read + read + read);

    assertThat(reading.availableBytes()).isGreaterThan(600 * MB - JVM);
  }

  @Test
  void pagesOfATmpfsAreUsed() throws IOException {
    Path shared = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shared) && Files.getFileStore(shared).type().equals("tmpfs"),
        "/dev/shm is no tmpfs that may be written to");
    Path group = limited(group(top, "tmpfs"), 512 * MB);
    Path file = Files.createTempFile(shared, "tollgate", null);
    try {
      MemoryReading reading = readIn(group, "head -c 300000000 /dev/zero >" + file);

      assertThat(reading.availableBytes()).isBetween(0L, 512 * MB - 300_000_000);
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "G1"})
  void heapThatACollectionFreedCanBeUsed(String collector) throws IOException {
    Path group = limited(group(top, "garbage"), 512 * MB);

    List<Long> room =
        heapRoomIn(
            group,
            "-XX:+Use" + collector + "GC",
            "-XX:MaxRAMPercentage=75",
            "-XX:InitialRAMPercentage=75",
            "-XX:+AlwaysPreTouch",
            "-Dlive=150");

    assertThat(room.get(0)).isLessThan(512 * MB / 4);
    assertThat(room.get(0) + room.get(1)).isGreaterThan(512 * MB / 4);
  }

  @Test
  void aFullHeapThatFillsTheGroupLeavesLittle() throws IOException {
    Path group = limited(group(top, "full"), 512 * MB);

    List<Long> room = heapRoomIn(group, "-XX:+UseG1GC", "-XX:MaxRAMPercentage=90", "-Dlive=400");

    // What is not ready, by default.
    assertThat(room.get(0) + room.get(1)).isLessThan(100_000_000);
  }

  /** What the group has left, and what can be reused of the heap. */
  private static List<Long> heapRoomIn(Path group, String... options) throws IOException {
    List<String> lines =
        new Fork(GarbageProgram.class)
            .withOshi()
            .option(options)
            .after("echo $$ >" + group.resolve("cgroup.procs"))
            .run();
    return lines.stream().filter(line -> line.matches("[0-9]+")).map(Long::valueOf).toList();
  }

  private static Path ownGroup() throws IOException {
    Optional<ControlGroup> own = new ControlGroupFinder(Path.of("/proc/self")).find();
    if (own.isEmpty()) {
      skip("this process is in no control group that can be seen");
    }
    return own.orElseThrow().folder();
  }

  private static void skip(String why) {
    System.out.println("SKIPPED: a JVM in a real control group: " + why);
    abort(why);
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
    Path group =
        Files.createDirectory(
            parent.resolve("tollgate-" + ProcessHandle.current().pid() + "-" + name));
    made.push(group);
    return group;
  }

  private static Path limited(Path group, long bytes) throws IOException {
    Path limit = group.resolve(version(group).limit());
    // Never a file of ours: one that isn't there says that this group doesn't count memory.
    Files.writeString(limit, Long.toString(bytes), StandardOpenOption.WRITE);
    return group;
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
