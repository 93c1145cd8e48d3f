package dev.tollgate.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final PrintStream err = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream onErr = new ByteArrayOutputStream();
  private final ByteArrayOutputStream onOut = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(onErr, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(onOut, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void noMore() {
    System.setErr(err);
    System.setOut(out);
    assertThat(onOut.size()).as("never on stdout").isZero();
  }

  @Test
  void saysWhatIsGoodToKnowUnlessItIsToBeQuiet() {
    new Console(false).info("up");
    new Console(true).info("not this");
    assertThat(said()).containsExactly("tollgate: up");
  }

  @Test
  void saysEachErrorOnceAlsoWhereItIsToBeQuiet() {
    Console console = new Console(true);
    console.error("broken");
    console.error("broken");
    console.error("more");
    assertThat(said()).containsExactly("tollgate: broken", "tollgate: more");
  }

  @Test
  void saysAgainWhatIsNewsAgain() {
    Console console = new Console(true);
    console.errorAgain("broken");
    console.errorAgain("broken");
    assertThat(said()).containsExactly("tollgate: broken", "tollgate: broken");
  }

  @Test
  void saysAFaultOnceHoweverManyPlacesItIsIn() {
    Console console = new Console(true);
    console.fault("one place: broken", new IllegalStateException("broken"));
    console.fault("another place: broken", new IllegalStateException("broken"));
    console.fault("another place: broken otherwise", new IllegalStateException("otherwise"));
    assertThat(said())
        .containsExactly(
            "tollgate: one place: broken", "tollgate: another place: broken otherwise");
  }

  /** Names of classes and messages of exceptions may hold anything, and are quoted. */
  @Test
  void saysInOneLineWithoutControlCharactersWhateverIsQuoted() {
    new Console(false).info("missed a\nb\r\ntollgate: \u001b[2Jc\u009b2Jd\u0000\u2028e\t\u00e9");
    assertThat(said()).containsExactly("tollgate: missed a b  tollgate:  [2Jc 2Jd  e \u00e9");
  }

  @Test
  void saysNoMoreThanAnyoneReads() {
    Console console = new Console(false);
    for (int i = 0; i < 5_000; i++) {
      console.error("fault " + i);
    }
    assertThat(said()).hasSize(1_001).endsWith("tollgate: " + Console.NO_MORE);
  }

  @Test
  void throwsNothingWhereStderrDoes() {
    System.setErr(
        new PrintStream(onErr) {
          @Override
          public void println(String line) {
            throw new IllegalStateException(line);
          }
        });
    Console console = new Console(false);
    console.info("up");
    console.error("broken");
  }

  private String[] said() {
    return onErr.toString(StandardCharsets.UTF_8).split("\\R");
  }
}
