package dev.tollgate.jmx;

import dev.tollgate.limiter.OwnThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Hands notifications to their listeners in order, on a daemon thread that lives only while there
 * are some. Who sends one goes on at once, whatever listeners do. One that throws harms nobody; one
 * that hangs holds up the other listeners of this bean, and of what piles up meanwhile the oldest
 * is dropped, which shows as a gap in the sequence numbers.
 *
 * <p>The executor that the superclass takes is no help: it would run filters on the sender's thread
 * all the same.
 */
final class BackgroundEmitter extends NotificationBroadcasterSupport implements AutoCloseable {
  static final int BACKLOG = 1_000;
  private static final long IDLE_SECONDS = 5;

  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          0,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(BACKLOG),
          work -> OwnThread.of(work, "tollgate-notifications"),
          // Drops what comes after closing, too.
          new ThreadPoolExecutor.DiscardOldestPolicy());

  private volatile Runnable whenClosed = () -> {};

  BackgroundEmitter(MBeanNotificationInfo... infos) {
    super(infos);
  }

  /** What ends what it is sent. */
  void whenClosed(Runnable end) {
    whenClosed = end;
  }

  @Override
  public void sendNotification(Notification notification) {
    sender.execute(() -> deliver(notification));
  }

  /** Delivers what was sent before, and nothing more. */
  @Override
  public void close() {
    whenClosed.run();
    sender.shutdown();
  }

  private void deliver(Notification notification) {
    try {
      super.sendNotification(notification);
    } catch (Error e) {
      // A filter's. Like an exception, which the superclass passes over.
    }
  }

  @Override
  protected void handleNotification(
      NotificationListener listener, Notification notification, @Nullable Object handback) {
    try {
      super.handleNotification(listener, notification, handback);
    } catch (Error e) {
      // Like an exception. It would keep the superclass from the other listeners.
    }
  }
}
