package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCheckTest {
  @TempDir Path folder;

  @Test
  void findsAProgramInOneOfTheFolders() throws IOException {
    Path program = executable("git");
    String path = folder.resolve("nothing here") + File.pathSeparator + folder;
    assertThat(new ToolCheck("git", false, path).check())
        .isEqualTo(HealthResult.healthy(program.toString()));
  }

  @Test
  void aMissingToolIsShown() {
    assertThat(new ToolCheck("git", false, folder.toString()).check())
        .isEqualTo(HealthResult.healthy("not on PATH"));
    assertThat(new ToolCheck("git", false, null).check())
        .isEqualTo(HealthResult.healthy("not on PATH"));
  }

  @Test
  void aMissingToolThatIsRequiredDegrades() {
    assertThat(new ToolCheck("git", true, folder.toString()).check())
        .isEqualTo(HealthResult.degraded("not on PATH, and required"));
  }

  @Test
  void neitherAFolderNorAFileThatCannotBeRunIsAProgram() throws IOException {
    Files.createDirectory(folder.resolve("git"));
    Files.createFile(folder.resolve("gh"));
    assertThat(new ToolCheck("git", false, folder.toString()).check().detail())
        .isEqualTo("not on PATH");
    assertThat(new ToolCheck("gh", false, folder.toString()).check().detail())
        .isEqualTo("not on PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../git", "bin/git", "C:\\git", " ", ""})
  void aPathIsNoTool(String tool) {
    assertThatThrownBy(() -> new ToolCheck(tool, false, folder.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + tool + "' can't be a tool; it must be a program's name, without a path");
  }

  private Path executable(String name) throws IOException {
    Path program = Files.createFile(folder.resolve(name));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
