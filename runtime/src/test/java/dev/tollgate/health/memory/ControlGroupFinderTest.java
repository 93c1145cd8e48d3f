package dev.tollgate.health.memory;

import static dev.tollgate.health.memory.Groups.GB;
import static dev.tollgate.health.memory.Groups.HOST;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the group's folder is, of those that could be meant. */
class ControlGroupFinderTest {
  @TempDir Path directory;
  private Groups groups;

  @BeforeEach
  void aMachine() {
    groups = new Groups(directory);
  }

  @Test
  void aProcessInTheRootOfItsHierarchy() throws IOException {
    groups.member("0::/").mountV2("/", "fs");

    assertIsRead("fs");
  }

  @Test
  void aContainerThatIsMountedByThePathThatTheHostHasForIt() throws IOException {
    groups.member("4:memory:/docker/app").mountV1("/docker/app", "fs", "memory");

    assertIsRead("fs");
  }

  @Test
  void aGroupBelowTheOneThatIsMounted() throws IOException {
    groups.member("4:memory:/docker/app/job").mountV1("/docker/app", "fs", "memory");

    assertIsRead("fs/job");
  }

  @Test
  void aNamespaceInWhichTheGroupIsTheRoot() throws IOException {
    groups.member("4:memory:/").mountV1("/", "fs", "memory");

    assertIsRead("fs");
  }

  @Test
  void aContainerThatSeesItsOwnPartAloneUnderThePathThatTheHostHasForIt() throws IOException {
    groups.member("0::/kubepods/pod/app").mountV2("/", "fs");

    assertIsRead("fs");
  }

  @Test
  void aGroupInAContainerThatSeesItsOwnPartAlone() throws IOException {
    groups.member("0::/kubepods/pod/app/job").mountV2("/", "fs");

    assertIsRead("fs/app/job");
  }

  @Test
  void aMountFromAboveTheNamespaceHasALimitThatHolds() throws IOException {
    groups.member("0::/").mountV2("/../..", "fs");

    assertIsRead("fs");
  }

  @Test
  void aGroupBesideTheNamespaceThatIsMountedFromAboveIt() throws IOException {
    groups.member("0::/../app").mountV2("/..", "fs");

    assertIsRead("fs/app");
  }

  /** A process that was moved out: what is beside its namespace's root can't be reached from it. */
  @Test
  void aGroupOutsideTheNamespaceIsNotSeen() throws IOException {
    groups.member("0::/../app").mountV2("/", "fs/root");
    groups.v2("fs/app", 2 * GB, GB, 0).v2("fs/root", 2 * GB, GB, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  @Test
  void theMountThatHasTheGroupNotTheFirst() throws IOException {
    groups
        .member("4:memory:/docker/app")
        .mountV1("/docker/other", "other", "memory")
        .mountV1("/docker/ap", "ap", "memory")
        .mountV1("/", "fs", "memory")
        .v1("other", GB, 0, 0)
        .v1("ap", GB, 0, 0)
        .v1("app", GB, 0, 0);

    assertIsRead("fs/docker/app");
  }

  @Test
  void aMountThatIsGoneIsPassedOver() throws IOException {
    groups.member("0::/app").mountV2("/", "gone").mountV2("/", "fs");

    assertIsRead("fs/app");
  }

  @Test
  void whatWasMountedLastHidesWhatWasThere() throws IOException {
    groups.member("0::/docker/app").mountV2("/", "fs").mountV2("/docker", "fs");
    groups.v2("fs/docker/app", GB, 0, 0);

    assertIsRead("fs/app");
  }

  @Test
  void namesWithBlanksColonsAndBackslashes() throws IOException {
    groups.member("0::/my app/x:y").mountV2("/my app", "a folder\\here");

    assertIsRead("a folder\\here/x:y");
  }

  @Test
  void aNameInAnotherEncodingHidesNothing() throws IOException {
    groups.member("0::/app").mountV2("/", "fs").v2("fs/app", 2 * GB, GB, 0).read();
    Path mounts = groups.folder("proc/mountinfo");
    String rest = Files.readString(mounts);
    Files.writeString(mounts, "1 2 0:3 / /\u00e9 rw - ext4 x rw\n" + rest, ISO_8859_1);

    assertThat(new MemoryReader(groups.folder("proc"), () -> HOST).read().totalBytes())
        .isEqualTo(2 * GB);
  }

  @Test
  void theHostWhereThereAreNoControlGroups() throws IOException {
    assertThat(new MemoryReader(directory.resolve("nowhere"), () -> HOST).read()).isEqualTo(HOST);
  }

  @Test
  void theHostWhereTheHierarchyIsNotMounted() throws IOException {
    groups.member("4:memory:/app").member("0::/app").mountV2("/", "fs").v2("fs/app", GB, 0, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  @Test
  void linesThatSayNothingArePassedOver() throws IOException {
    groups.member("").member("garbled").member("1:name=x").member("4:memory:relative");
    groups.mountV1("/", "fs", "memory").v1("fs", GB, 0, 0);

    assertThat(groups.read()).isEqualTo(HOST);
  }

  @Test
  void mountsThatSayNothingArePassedOver() throws IOException {
    groups.member("0::/app").read();
    groups.file("proc/mountinfo", "\n - \n1 2 3 - cgroup2 x rw\n1 2 0:3 / /x rw - cgroup2");

    assertThat(new MemoryReader(groups.folder("proc"), () -> HOST).read()).isEqualTo(HOST);
  }

  private void assertIsRead(String folder) throws IOException {
    groups.v2(folder, 2 * GB, GB, 0).v1(folder, 2 * GB, GB, 0);

    assertThat(groups.read().totalBytes()).isEqualTo(2 * GB);
  }
}
