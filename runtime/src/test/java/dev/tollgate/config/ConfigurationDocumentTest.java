package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/CONFIGURATION.md says what the code does. */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "CONFIGURATION.md");

  @TempDir Path directory;

  @Test
  void theTableOfKeysIsTheCodes() throws IOException {
    List<String> expected = new ArrayList<>();
    for (ConfigKey<?> key : ConfigKey.ALL) {
      expected.add(
          "| `%s` | %s | %s | %s |"
              .formatted(key.path(), key.type().name(), key.defaultText(), key.description()));
    }

    assertThat(rows(section("Every key"))).containsExactlyElementsOf(expected);
  }

  @Test
  void theExamplesAreInOrder() throws IOException {
    Matcher example =
        Pattern.compile("```(hocon|properties)\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    List<String> formats = new ArrayList<>();
    while (example.find()) {
      formats.add(example.group(1));
      Path file =
          Files.writeString(directory.resolve("example." + example.group(1)), example.group(2));

      TollgateSettings settings = SettingsLoader.check(file.toFile());

      assertThat(settings)
          .usingRecursiveComparison()
          .ignoringFields("source", "file")
          .isNotEqualTo(TollgateSettings.defaults());
    }
    assertThat(formats)
        .containsExactly(
            "hocon", "properties", "hocon", "hocon", "properties", "hocon", "properties");
  }

  @Test
  void theErrorsThatItShowsAreReal() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tollgate.conf"),
            "tollgate {\n\n  limiters.github_api.permits = -5\n}");
    Given given = new Given(directory).agentArguments("config=" + file);

    assertThat(Files.readString(DOCUMENT))
        .contains("\ntollgate: " + given.failure().replace("DIR", "/etc") + "\n");
  }

  private static String section(String title) throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf("\n## " + title + "\n");
    assertThat(begin).as(title).isNotNegative();
    int end = text.indexOf("\n## ", begin + 1);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  /** The rows of the section's table, without its head. */
  private static List<String> rows(String section) {
    List<String> rows = new ArrayList<>();
    for (String line : section.split("\n", -1)) {
      if (line.startsWith("|")) {
        rows.add(line);
      }
    }
    return rows.subList(2, rows.size());
  }
}
