package dev.tollgate.health.memory;

import static dev.tollgate.health.memory.Groups.GB;
import static dev.tollgate.health.memory.Groups.HOST;
import static dev.tollgate.health.memory.Groups.NO_LIMIT;
import static dev.tollgate.health.memory.MemoryReading.Source.CGROUP_V1;
import static dev.tollgate.health.memory.MemoryReading.Source.CGROUP_V2;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlGroupV1Test {
  @TempDir Path directory;
  private Groups groups;

  @BeforeEach
  void aProcessInAGroup() {
    groups =
        new Groups(directory)
            .member("9:name=systemd:/other")
            .member("5:cpu,cpuacct:/other")
            .member("4:memory,hugetlb:/docker/app")
            .mountV1("/", "cpu", "cpu,cpuacct")
            .mountV1("/", "fs", "memory,hugetlb")
            .v1("fs", NO_LIMIT, 9 * GB, 0);
  }

  @Test
  void theLimitIsTheTotalAndCachedFilesAreNotUsed() throws IOException {
    groups.v1("fs/docker/app", 2 * GB, 1900_000_000L, 1500_000_000L);

    assertThat(groups.read())
        .isEqualTo(new MemoryReading(2 * GB, 2 * GB - 400_000_000L, CGROUP_V1));
  }

  /** With pages of 4 KB and of 64 KB, and as old kernels wrote it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        NO_LIMIT,
        "9223372036854710272",
        "9223372036854775807",
        "18446744073709551615",
        "17179869184"
      })
  void aNumberThatNoHostHasIsNoLimit(String limit) throws IOException {
    groups.v1("fs/docker/app", limit, 3 * GB, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  @Test
  void theGroupWithTheLeastLeftDecides() throws IOException {
    groups.v1("fs/docker", 4 * GB, 3 * GB, 0).v1("fs/docker/app", 2 * GB, GB / 2, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(4 * GB, GB, CGROUP_V1));
  }

  @Test
  void aGroupAboveThatDoesNotCountThisOneDoesNotDecide() throws IOException {
    groups
        .v1("fs/docker", 4 * GB, 4 * GB, 0)
        .file("fs/docker/memory.use_hierarchy", 0)
        .v1("fs/docker/app", 2 * GB, GB, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(2 * GB, GB, CGROUP_V1));
  }

  @Test
  void aLimitAboveWhatIsMountedHolds() throws IOException {
    groups
        .v1("fs/docker/app", NO_LIMIT, GB, 0)
        .file(
            "fs/docker/app/memory.stat",
            "hierarchical_memory_limit " + 3 * GB + "\ntotal_inactive_file " + GB / 2);

    assertThat(groups.read()).isEqualTo(new MemoryReading(3 * GB, 3 * GB - GB / 2, CGROUP_V1));
  }

  @Test
  void aSystemWithBothVersionsCountsMemoryInTheOneThatHasTheController() throws IOException {
    groups
        .member("0::/init.scope")
        .mountV2("/", "unified")
        .v2("unified/init.scope", GB, 0, 0)
        .v1("fs/docker/app", 2 * GB, GB, 0);

    assertThat(groups.read()).isEqualTo(new MemoryReading(2 * GB, GB, CGROUP_V1));
  }

  @Test
  void aSystemWithBothVersionsMayCountMemoryInTheSecond() throws IOException {
    Groups both =
        new Groups(folder())
            .member("1:name=systemd:/app")
            .member("0::/app")
            .mountV1("/", "systemd", "name=systemd")
            .mountV2("/", "unified")
            .v2("unified/app", 2 * GB, GB, 0);

    assertThat(both.read()).isEqualTo(new MemoryReading(2 * GB, GB, CGROUP_V2));
  }

  @Test
  void onlyTheHierarchyOfMemoryIsLookedAt() throws IOException {
    groups.v1("cpu/docker/app", GB, 0, 0).v1("fs/docker/app", NO_LIMIT, GB, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  private Path folder() {
    return directory.resolve("both");
  }

  /** Numbers of a container that reads one file again and again, with some tmpfs beside it. */
  @Test
  void cachedFilesOfTheWholeSubtreeAreAvailableButSharedMemoryIsNot() throws IOException {
    groups
        .v1("fs/docker/app", 629_145_600, 628_748_288, 0)
        .file(
            "fs/docker/app/memory.stat",
            """
            cache 1
            active_file 2
            inactive_file 3
            hierarchical_memory_limit 629145600
            hierarchical_memsw_limit 9223372036854771712
            total_cache 560136192
            total_rss 41943040
            total_shmem 20971520
            total_mapped_file 20480000
            total_inactive_anon 62914560
            total_active_anon 0
            total_inactive_file 12288000
            total_active_file 523878400
            total_unevictable 2998272""");

    assertThat(groups.read())
        .isEqualTo(
            new MemoryReading(
                629_145_600, 629_145_600 - 628_748_288 + 12_288_000 + 523_878_400, CGROUP_V1));
  }
}
