package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each promise of the page on safety names tests, and those are there. */
class SafetyDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "SAFETY.md");
  private static final Path TESTS =
      Path.of("src", "test", "java", "dev", "tollgate", "agent", "it");
  private static final Pattern TEST = Pattern.compile("`(\\w+IT)\\.(\\w+)`");

  @Test
  void eachPromiseNamesItsTests() throws IOException {
    assertThat(promises())
        .hasSizeGreaterThan(25)
        .allSatisfy(promise -> assertThat(promise).containsPattern(TEST));
  }

  @Test
  void eachTestThatIsNamedIsThere() throws IOException {
    List<MatchResult> named = TEST.matcher(Files.readString(DOCUMENT)).results().toList();

    assertThat(named)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            test ->
                assertThat(source(test.group(1)))
                    .containsPattern("\n  void " + test.group(2) + "\\("));
  }

  /** Rows of tables, but for their heads. */
  private static List<String> promises() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| promise |"))
        .toList();
  }

  private static String source(String test) {
    try {
      return Files.readString(TESTS.resolve(test + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
