package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads that wait for each other; an interrupt lets them go. */
@Timeout(60)
class DeadlocksTest {
  private final Deadlocks deadlocks = new Deadlocks();
  private final ReentrantLock a = new ReentrantLock();
  private final ReentrantLock b = new ReentrantLock();
  private final CountDownLatch bothHaveOne = new CountDownLatch(2);

  @Test
  void withoutADeadlockThereIsNone() {
    assertThat(deadlocks.look()).isEmpty();
  }

  @Test
  void namesTheThreadsThatWaitForEachOther() throws InterruptedException {
    Thread one = start("one", a, () -> b.lockInterruptibly());
    Thread two = start("two", b, () -> a.lockInterruptibly());
    awaitQueued(one, two);
    deadlocks.look();
    assertThat(deadlocks.look()).singleElement().asString().contains("one", "two");
    end(one, two);
    assertThat(deadlocks.look()).isEmpty();
  }

  @Test
  void oneLookIsNotEnough() throws InterruptedException {
    Thread one = start("one", a, () -> b.lockInterruptibly());
    Thread two = start("two", b, () -> a.lockInterruptibly());
    awaitQueued(one, two);
    assertThat(deadlocks.look()).isEmpty();
    assertThat(deadlocks.isUnsure()).isTrue();
    assertThat(deadlocks.look()).hasSize(1);
    assertThat(deadlocks.isUnsure()).isFalse();
    end(one, two);
  }

  @Test
  void whoGivesUpByItselfHidesNoOther() throws InterruptedException {
    Thread one = start("one", a, () -> b.lockInterruptibly());
    Thread two = start("two", b, () -> a.lockInterruptibly());
    awaitQueued(one, two);
    DeadlocksTest others = new DeadlocksTest();
    Thread three = others.start("three", others.a, () -> others.b.tryLock(1, TimeUnit.HOURS));
    Thread four = others.start("four", others.b, () -> others.a.lockInterruptibly());
    others.awaitQueued(three, four);
    deadlocks.look();
    assertThat(deadlocks.look())
        .singleElement()
        .asString()
        .contains("one", "two")
        .doesNotContain("three", "four");
    end(one, two, three, four);
  }

  @Test
  void whoGivesUpByItselfIsNotDeadlocked() throws InterruptedException {
    Thread one = start("one", a, () -> b.tryLock(1, TimeUnit.HOURS));
    Thread two = start("two", b, () -> a.lockInterruptibly());
    awaitQueued(one, two);
    deadlocks.look();
    assertThat(deadlocks.look()).isEmpty();
    end(one, two);
  }

  private void awaitQueued(Thread one, Thread two) {
    while (!a.hasQueuedThread(two)
        || !b.hasQueuedThread(one)
        || one.getState() == Thread.State.RUNNABLE
        || two.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
  }

  private Thread start(String name, ReentrantLock first, Waiting second) {
    Thread thread =
        new Thread(
            () -> {
              first.lock();
              try {
                bothHaveOne.countDown();
                bothHaveOne.await();
                second.begin();
              } catch (InterruptedException e) {
                // Let go.
              } finally {
                first.unlock();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void end(Thread... threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private interface Waiting {
    void begin() throws InterruptedException;
  }
}
