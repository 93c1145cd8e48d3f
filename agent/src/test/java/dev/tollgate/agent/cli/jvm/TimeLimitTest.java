package dev.tollgate.agent.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private final TimeLimit limit = new TimeLimit(Duration.ofMinutes(1));

  @Test
  void asksOnAThreadThatKeepsNoJvmAlive() throws Exception {
    // A thread is a daemon if its parent is one: ask from one that isn't.
    FutureTask<Thread> asking = new FutureTask<>(() -> limit.ask(4711, Thread::currentThread));
    Thread main = new Thread(asking);
    main.setDaemon(false);
    main.start();

    assertThat(asking.get()).isNotSameAs(main);
    assertThat(asking.get().isDaemon()).isTrue();
  }

  @Test
  void givesUpOnAQuestionThatHangs() {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(
            () ->
                new TimeLimit(Duration.ofMillis(1))
                    .ask(
                        4711,
                        () -> {
                          new CountDownLatch(1).await();
                          return 0;
                        }))
        .withMessage(
            "process 4711 gave no answer within 1ms: it is stopped, busy or in a debugger, or can't write to its /tmp");
  }

  @Test
  void whateverIsThrownIsNoAnswer() {
    NoAnswerException reason = new NoAnswerException("because");
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(
            () ->
                limit.ask(
                    4711,
                    () -> {
                      throw reason;
                    }))
        .isSameAs(reason);
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(
            () ->
                limit.ask(
                    4711,
                    () -> {
                      throw new StackOverflowError("deep");
                    }))
        .withMessage("asking process 4711 failed: java.lang.StackOverflowError: deep");
  }

  @Test
  void aModuleThatIsMissingIsSaidToBeSo() {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(
            () ->
                limit.ask(
                    4711,
                    () -> {
                      throw new NoClassDefFoundError("com/sun/tools/attach/VirtualMachine");
                    }))
        .withMessage(
            "this Java runtime lacks jdk.attach or java.management.rmi: use the java of a JDK");
  }
}
