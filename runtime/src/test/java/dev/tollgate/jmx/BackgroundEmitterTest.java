package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.management.Notification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BackgroundEmitterTest {
  private final BackgroundEmitter emitter = new BackgroundEmitter();
  private final BlockingQueue<Long> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    emitter.close();
  }

  @Test
  void deliversInOrderOnADaemonThread() throws Exception {
    listen();
    send(1, 100);
    assertThat(receive(100)).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    Thread thread = threads.take();
    assertThat(thread).isNotSameAs(Thread.currentThread());
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isSameAs(getClass().getClassLoader());
  }

  @Test
  void aListenerThatThrowsKeepsNothingFromTheOthers() throws Exception {
    for (Throwable thrown : List.of(new IllegalStateException(), new AssertionError())) {
      emitter.addNotificationListener((n, handback) -> sneak(thrown), null, null);
    }
    listen();
    send(1, 3);
    assertThat(receive(3)).containsExactly(1L, 2L, 3L);
    assertThat(threads.stream().distinct()).as("threads that delivered").hasSize(1);
  }

  @Test
  void aFilterThatThrowsEndsNothing() throws Exception {
    listen();
    emitter.addNotificationListener(
        (n, handback) -> {},
        n -> {
          throw new AssertionError();
        },
        null);
    send(1, 3);
    assertThat(receive(3)).containsExactly(1L, 2L, 3L);
    assertThat(threads.stream().distinct()).as("threads that delivered").hasSize(1);
  }

  @Test
  void whoSendsWaitsForNoListener() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    emitter.addNotificationListener((n, handback) -> pause(entered, hanging), null, null);
    listen();
    send(1, 1);
    entered.await();
    send(2, 51 + BackgroundEmitter.BACKLOG);
    assertThat(received).isEmpty();
    hanging.countDown();
    // The first was in the listener's hands; of the others the oldest 50 had no room.
    assertThat(receive(1)).containsExactly(1L);
    assertThat(receive(BackgroundEmitter.BACKLOG))
        .isEqualTo(LongStream.rangeClosed(52, 51 + BackgroundEmitter.BACKLOG).boxed().toList());
  }

  @Test
  void whoSendsWaitsForNoFilter() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    emitter.addNotificationListener(
        (n, handback) -> received.add(n.getSequenceNumber()),
        n -> {
          pause(entered, hanging);
          return true;
        },
        null);
    send(1, 2);
    entered.await();
    assertThat(received).isEmpty();
    hanging.countDown();
    assertThat(receive(2)).containsExactly(1L, 2L);
  }

  @Test
  void afterClosingDeliversWhatWasSentBeforeAndNothingMore() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(1);
    emitter.addNotificationListener((n, handback) -> pause(entered, hanging), null, null);
    listen();
    send(1, 2);
    entered.await();
    emitter.close();
    send(3, 3);
    hanging.countDown();
    assertThat(receive(2)).containsExactly(1L, 2L);
    Thread thread = threads.take();
    assertThat(thread).isNotSameAs(Thread.currentThread());
    thread.join();
    assertThat(received).isEmpty();
  }

  private void listen() {
    emitter.addNotificationListener(
        (n, handback) -> {
          threads.add(Thread.currentThread());
          received.add(n.getSequenceNumber());
        },
        null,
        null);
  }

  private void send(long first, long last) {
    for (long number = first; number <= last; number++) {
      emitter.sendNotification(new Notification("test", "a source", number));
    }
  }

  private List<Long> receive(int count) throws InterruptedException {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(received.poll(20, TimeUnit.SECONDS));
    }
    return numbers;
  }

  private static void pause(CountDownLatch entered, CountDownLatch end) {
    entered.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      // The test has timed out.
      end.countDown();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
