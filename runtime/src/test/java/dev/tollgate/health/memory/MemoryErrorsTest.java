package dev.tollgate.health.memory;

import static dev.tollgate.health.memory.Groups.GB;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit that is there and can't be told is an error: the host's numbers would be wrong. */
class MemoryErrorsTest {
  @TempDir Path directory;
  private Groups groups;

  @BeforeEach
  void aGroupWithALimit() {
    groups = new Groups(directory).member("0::/app").mountV2("/", "fs").v2("fs/app", 2 * GB, GB, 0);
  }

  @Test
  void aLimitThatIsNoNumber() {
    assertFails("fs/app/memory.max", "2G", "no number", "\"2G\"");
  }

  @Test
  void aLimitThatIsNegative() {
    assertFails("fs/app/memory.max", "-1", "no number", "\"-1\"");
  }

  @Test
  void aLimitThatIsEmpty() {
    assertFails("fs/app/memory.max", "", "no number");
  }

  @Test
  void aUsageThatIsNoNumber() {
    assertFails("fs/app/memory.current", "much", "no number", "\"much\"");
  }

  @Test
  void aCacheThatIsNoNumber() {
    assertFails("fs/app/memory.stat", "anon 1\ninactive_file x", "no number", "\"x\"");
  }

  @Test
  void aUsageThatIsNotThere() throws IOException {
    Files.delete(groups.folder("fs/app/memory.current"));

    assertThatThrownBy(groups::read)
        .isInstanceOf(IOException.class)
        .hasMessage(groups.folder("fs/app/memory.current") + " is not there");
  }

  /** A folder in its place, since root may read any file. */
  @Test
  void aLimitThatCannotBeRead() throws IOException {
    Path limit = groups.folder("fs/app/memory.max");
    Files.delete(limit);
    Files.createDirectory(limit);

    assertThatThrownBy(groups::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(limit + " can't be read: ");
  }

  @Test
  void aListOfGroupsThatCannotBeRead() throws IOException {
    Path list = Files.createDirectories(directory.resolve("broken/cgroup"));

    assertThatThrownBy(() -> new MemoryReader(list.getParent(), () -> Groups.HOST).read())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(list + " can't be read: ");
  }

  private void assertFails(String file, String content, String... messages) {
    groups.file(file, content);

    assertThatThrownBy(groups::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(groups.folder(file) + " ")
        .hasMessageContainingAll(messages);
  }
}
