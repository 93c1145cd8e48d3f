package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void whatCouldMoveTheCursorIsShownAsAQuestionMark() {
    assertThat(PlainText.of("a\u001b[2Jb\u0007\u009bc")).isEqualTo("a?[2Jb??c");
    assertThat(PlainText.of("Größe 5 µs")).isEqualTo("Gr??e 5 ?s");
  }

  @Test
  void ofALineLettersStayAndWhatATerminalObeysDoesNot() {
    assertThat(PlainText.line("/tmp/größe/日本\ud83d\ude00.conf"))
        .isEqualTo("/tmp/größe/日本\ud83d\ude00.conf");
    assertThat(PlainText.line("a\u001b[2J\u0007\u009b\u007f\u0000b")).isEqualTo("a?[2J????b");
    assertThat(PlainText.line("right\u202eto\u2066left\u200b")).isEqualTo("right?to?left?");
    assertThat(PlainText.line("half \ud83d pair\r\n\u2028second\u0085line"))
        .isEqualTo("half ? pair second?line");
  }

  @Test
  void whiteSpaceIsOneSpaceAndNoneAtTheEnds() {
    assertThat(PlainText.of(" \n one\r\n\ttwo  three\n")).isEqualTo("one two three");
    assertThat(PlainText.of("")).isEmpty();
  }

  @Test
  void whatFitsIsNotCut() {
    assertThat(PlainText.cut("12345678", 8)).isEqualTo("12345678");
    assertThat(PlainText.cut("123456789", 8)).isEqualTo("12345...");
    assertThat(PlainText.cut("1234 6789", 8)).isEqualTo("1234...");
  }

  @Test
  void linesBreakAtSpaces() {
    assertThat(PlainText.wrap("one two three", 7, 3)).containsExactly("one two", "three");
    assertThat(PlainText.wrap("one two three", 8, 3)).containsExactly("one two", "three");
    assertThat(PlainText.wrap("", 8, 3)).containsExactly("");
  }

  @Test
  void aWordThatIsTooLongBreaksAnywhere() {
    assertThat(PlainText.wrap("/a/very/long/path is it", 8, 9))
        .containsExactly("/a/very/", "long/pat", "h is it");
  }

  @Test
  void whatNeedsMoreLinesIsCut() {
    assertThat(PlainText.wrap("one two three four five", 9, 2))
        .containsExactly("one two", "three...");
  }
}
