package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Started by a thread of the program's. */
class OwnThreadTest {
  private static final InheritableThreadLocal<String> OF_THE_PROGRAM =
      new InheritableThreadLocal<>();

  @Test
  void itHasNothingOfTheProgramsThread() throws Exception {
    FutureTask<Thread> asking =
        new FutureTask<>(
            () -> {
              Thread current = Thread.currentThread();
              current.setContextClassLoader(new URLClassLoader(new URL[0]));
              OF_THE_PROGRAM.set("the program's");
              FutureTask<String> found = new FutureTask<>(OF_THE_PROGRAM::get);
              Thread thread = OwnThread.of(found, "tollgate-test");
              thread.start();
              assertThat(found.get()).isNull();
              return OwnThread.of(() -> {}, "tollgate-test");
            });
    ThreadGroup group = new ThreadGroup("the program's");
    new Thread(group, asking, "the program's").start();

    Thread thread = asking.get();

    assertThat(thread.getContextClassLoader()).isEqualTo(OwnThread.class.getClassLoader());
    assertThat(thread.getThreadGroup().getParent()).isNull();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("tollgate-test");
  }
}
