package dev.tollgate.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConsoleTest {
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream onErr = new ByteArrayOutputStream();
  private final ByteArrayOutputStream onOut = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(onOut, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void noMore() {
    System.setOut(out);
    assertThat(onOut.size()).as("never on stdout").isZero();
  }

  @Test
  void saysWhatIsGoodToKnowUnlessItIsToBeQuiet() {
    new Console(false, onErr).info("up");
    new Console(true, onErr).info("not this");
    assertThat(said()).containsExactly("tollgate: up");
  }

  @Test
  void saysEachErrorOnceAlsoWhereItIsToBeQuiet() {
    Console console = new Console(true, onErr);
    console.error("broken");
    console.error("broken");
    console.error("more");
    assertThat(said()).containsExactly("tollgate: broken", "tollgate: more");
  }

  @Test
  void saysAgainWhatIsNewsAgain() {
    Console console = new Console(true, onErr);
    console.errorAgain("broken");
    console.errorAgain("broken");
    assertThat(said()).containsExactly("tollgate: broken", "tollgate: broken");
  }

  @Test
  void saysAFaultOnceHoweverManyPlacesItIsIn() {
    Console console = new Console(true, onErr);
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
    new Console(false, onErr)
        .info("missed a\nb\r\ntollgate: \u001b[2Jc\u009b2Jd\u0000\u2028e\t\u00e9");
    assertThat(said()).containsExactly("tollgate: missed a b  tollgate:  [2Jc 2Jd  e \u00e9");
  }

  @Test
  void saysNoMoreThanAnyoneReads() {
    Console console = new Console(false, onErr);
    for (int i = 0; i < 5_000; i++) {
      console.error("fault " + i);
    }
    assertThat(said()).hasSize(1_001).endsWith("tollgate: " + Console.NO_MORE);
  }

  @Test
  void throwsNothingWhereStderrDoes() {
    Console console = new Console(false, new Failing());
    console.info("up");
    console.error("broken");
    console.programRuns();
    console.error("broken again");
    console.flush();
  }

  @Test
  void writesOnAThreadOfItsOwnOnceTheProgramRuns() {
    List<Thread> writers = new CopyOnWriteArrayList<>();
    Console console =
        new Console(
            false,
            new OutputStream() {
              @Override
              public void write(int each) {
                writers.add(Thread.currentThread());
              }
            });
    console.info("before");
    assertThat(writers).containsOnly(Thread.currentThread());
    writers.clear();
    console.programRuns();
    console.info("while it runs");
    console.flush();

    assertThat(writers)
        .isNotEmpty()
        .allSatisfy(
            thread -> {
              assertThat(thread).isNotSameAs(Thread.currentThread());
              assertThat(thread.isDaemon()).isTrue();
            });
  }

  /** 50 ms for the first line; for five thousand more that would be four minutes. */
  @Test
  @Timeout(30)
  void keepsNobodyWaitingWhereNobodyReads() throws InterruptedException {
    CountDownLatch reads = new CountDownLatch(1);
    Console console =
        new Console(
            false,
            new OutputStream() {
              @Override
              public void write(int each) {}

              @Override
              public void write(byte[] line, int from, int length) {
                awaitQuietly(reads);
                onErr.write(line, from, length);
              }
            });
    console.programRuns();
    Thread.currentThread().interrupt();
    for (int i = 0; i < 5_000; i++) {
      console.errorAgain("line " + i);
    }
    assertThat(Thread.interrupted()).as("the interrupt is the program's").isTrue();
    reads.countDown();
    while (!onErr.toString(StandardCharsets.UTF_8).contains("left out")) {
      Thread.sleep(10);
    }

    // One is being written, and a thousand wait.
    assertThat(said())
        .hasSize(1_002)
        .startsWith("tollgate: line 0", "tollgate: line 1")
        .endsWith("tollgate: 3999 lines are left out: nobody read this stream");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Failing extends OutputStream {
    @Override
    public void write(int each) {
      throw new IllegalStateException("its own");
    }
  }

  private String[] said() {
    return onErr.toString(StandardCharsets.UTF_8).split("\\R");
  }
}
