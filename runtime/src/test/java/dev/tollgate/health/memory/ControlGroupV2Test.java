package dev.tollgate.health.memory;

import static dev.tollgate.health.memory.Groups.GB;
import static dev.tollgate.health.memory.Groups.HOST;
import static dev.tollgate.health.memory.MemoryReading.Source.CGROUP_V2;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupV2Test {
  @TempDir Path directory;
  private Groups groups;

  @BeforeEach
  void aProcessInAGroup() {
    groups = new Groups(directory).member("0::/slice/app").mountV2("/", "fs").file("fs/x", "");
  }

  @Test
  void theLimitIsTheTotalAndCachedFilesAreNotUsed() throws IOException {
    groups.v2("fs/slice/app", 2 * GB, 1900_000_000L, 1500_000_000L);

    assertThat(groups.read())
        .isEqualTo(new MemoryReading(2 * GB, 2 * GB - 400_000_000L, CGROUP_V2));
  }

  @Test
  void maxIsNoLimit() throws IOException {
    groups.v2("fs/slice", "max", 3 * GB, 0).v2("fs/slice/app", "max", 3 * GB, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  @Test
  void aLimitOfAllThatTheHostHasIsNone() throws IOException {
    groups.v2("fs/slice/app", Groups.HOST_TOTAL, 3 * GB, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  @Test
  void aLimitJustBelowTheHostsMemoryIsOne() throws IOException {
    groups.v2("fs/slice/app", Groups.HOST_TOTAL - 4096, 15 * GB, 0);

    assertThat(groups.read())
        .isEqualTo(new MemoryReading(Groups.HOST_TOTAL - 4096, GB - 4096, CGROUP_V2));
  }

  @Test
  void aGroupThatCountsNoMemoryIsPassedOver() throws IOException {
    groups.v2("fs/slice", 4 * GB, GB, 0).file("fs/slice/app/cgroup.procs", 1);

    assertThat(groups.read()).isEqualTo(new MemoryReading(4 * GB, 3 * GB, CGROUP_V2));
  }

  @Test
  void theGroupWithTheLeastLeftDecidesNotTheOneWithTheLowestLimit() throws IOException {
    groups
        .v2("fs", 8 * GB, GB, 0)
        .v2("fs/slice", 4 * GB, 3 * GB, 0)
        .v2("fs/slice/app", 2 * GB, GB / 2, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(4 * GB, GB, CGROUP_V2));
  }

  @Test
  void ofTwoGroupsWithAsMuchLeftTheInnerOneDecides() throws IOException {
    groups.v2("fs/slice", 4 * GB, 3 * GB, 0).v2("fs/slice/app", 2 * GB, GB, 0);

    assertThat(groups.read().totalBytes()).isEqualTo(2 * GB);
  }

  @Test
  void nothingAboveTheMountIsRead() throws IOException {
    groups.v2(".", GB, GB, 0).v2("fs/slice/app", 4 * GB, GB, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(4 * GB, 3 * GB, CGROUP_V2));
  }

  @Test
  void nothingIsAvailableWhereMoreIsUsedThanAllowed() throws IOException {
    groups.v2("fs/slice/app", GB, 2 * GB, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(GB, 0, CGROUP_V2));
  }

  @Test
  void noMoreIsAvailableThanTheLimitWhereTheCacheIsCountedLate() throws IOException {
    groups.v2("fs/slice/app", GB, GB / 2, GB);

    assertThat(groups.read()).isEqualTo(new MemoryReading(GB, GB, CGROUP_V2));
  }

  @Test
  void noMoreIsAvailableThanTheHostHas() throws IOException {
    groups.host(16 * GB, GB / 4).v2("fs/slice/app", 4 * GB, GB, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(4 * GB, GB / 4, CGROUP_V2));
  }

  @Test
  void whatIsUsedCountsAsUsedWhereNothingTellsTheCache() throws IOException {
    groups.file("fs/slice/app/memory.max", 2 * GB).file("fs/slice/app/memory.current", GB);

    assertThat(groups.read()).isEqualTo(new MemoryReading(2 * GB, GB, CGROUP_V2));
  }

  @Test
  void aLimitIsReadEachTime() throws IOException {
    groups.v2("fs/slice/app", 2 * GB, GB, 0).read();
    groups.v2("fs/slice/app", 3 * GB, GB, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(3 * GB, 2 * GB, CGROUP_V2));
  }

  /** Numbers of a container that reads one file again and again, with some tmpfs beside it. */
  @Test
  void cachedFilesAndReclaimableSlabAreAvailableButSharedMemoryIsNot() throws IOException {
    groups
        .file("fs/slice/app/memory.max", 629_145_600)
        .file("fs/slice/app/memory.high", "max")
        .file("fs/slice/app/memory.current", 628_748_288)
        .file(
            "fs/slice/app/memory.stat",
            """
            anon 41943040
            file 560136192
            kernel 21299200
            shmem 20971520
            file_mapped 20480000
            file_dirty 4096
            inactive_anon 62914560
            active_anon 0
            inactive_file 12288000
            active_file 523878400
            unevictable 2998272
            slab_reclaimable 16777216
            slab_unreclaimable 1048576
            slab 17825792""");

    assertThat(groups.read())
        .isEqualTo(
            new MemoryReading(
                629_145_600,
                629_145_600 - 628_748_288 + 12_288_000 + 523_878_400 + 16_777_216,
                CGROUP_V2));
  }

  @Test
  void theAmountFromWhichTheKernelSlowsAGroupDownIsALimit() throws IOException {
    groups.v2("fs/slice/app", 4 * GB, GB, 0).file("fs/slice/app/memory.high", 3 * GB);

    assertThat(groups.read()).isEqualTo(new MemoryReading(3 * GB, 2 * GB, CGROUP_V2));
  }
}
