package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void standBelowEachOtherWhereNothingCanBeRewritten() {
    try (Pages pages = new Pages(out, false, () -> TerminalSize.STANDARD)) {
      pages.show(List.of("one", "two"));
      pages.show(List.of("three"));
    }

    assertThat(text.toString().lines()).containsExactly("one", "two", "", "three");
  }

  @Test
  void replaceEachOtherOnATerminalWithoutClearingItFirst() {
    try (Pages pages = new Pages(out, true, () -> TerminalSize.STANDARD)) {
      pages.show(List.of("one", "two"));
      pages.show(List.of("three"));
    }

    assertThat(text.toString().lines())
        .containsExactly(
            "\u001b[Hone\u001b[K",
            "two\u001b[K",
            "\u001b[J\u001b[Hthree\u001b[K",
            "\u001b[J\u001b[0m");
  }

  @Test
  void aPageThatIsHigherThanTheTerminalIsCutBeforeItScrolls() {
    List<String> lines = IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList();
    AtomicReference<TerminalSize> size = new AtomicReference<>(new TerminalSize(5, 80));
    try (Pages pages = new Pages(out, true, size::get)) {
      pages.show(lines);
      assertThat(shown()).containsExactly("1", "2", "3", "7 more lines than fit this terminal");
      size.set(new TerminalSize(11, 80));
      pages.show(lines);
      assertThat(shown()).as("the terminal has grown").containsExactlyElementsOf(lines);
    }
  }

  @Test
  void linesThatFillARowAreNotClearedBehindAndLongerOnesCountAsMore() {
    try (Pages pages = new Pages(out, true, () -> new TerminalSize(5, 4))) {
      pages.show(List.of("1234", "\u001b[1m12345\u001b[0m", "1"));
      assertThat(text.toString())
          .startsWith(
              "\u001b[H1234"
                  + System.lineSeparator()
                  + "\u001b[1m12345\u001b[0m\u001b[K"
                  + System.lineSeparator()
                  + "1\u001b[K");
      text.getBuffer().setLength(0);
      pages.show(List.of("1234", "12345", "123456"));
      assertThat(shown()).containsExactly("1234", "12345", "1 mo");
    }
  }

  private List<String> shown() {
    String page = text.toString();
    text.getBuffer().setLength(0);
    return page.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").lines().toList();
  }

  @Test
  void nothingIsWrittenOnceTheTerminalIsGivenBack() {
    Pages pages = new Pages(out, true, () -> TerminalSize.STANDARD);
    pages.close();
    pages.show(List.of("late"));
    pages.close();

    assertThat(text.toString()).isEqualTo("\u001b[0m");
  }
}
