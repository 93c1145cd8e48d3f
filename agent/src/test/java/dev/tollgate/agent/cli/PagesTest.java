package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void standBelowEachOtherWhereNothingCanBeRewritten() {
    try (Pages pages = new Pages(out, false)) {
      pages.show(List.of("one", "two"));
      pages.show(List.of("three"));
    }

    assertThat(text.toString().lines()).containsExactly("one", "two", "", "three");
  }

  @Test
  void replaceEachOtherOnATerminalWithoutClearingItFirst() {
    try (Pages pages = new Pages(out, true)) {
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
  void nothingIsWrittenOnceTheTerminalIsGivenBack() {
    Pages pages = new Pages(out, true);
    pages.close();
    pages.show(List.of("late"));
    pages.close();

    assertThat(text.toString()).isEqualTo("\u001b[0m");
  }
}
