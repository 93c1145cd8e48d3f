package dev.tollgate.limiter;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * A thread that keeps nothing of whoever happens to start it, such as a web application that is
 * gone long before.
 */
public final class OwnThread {
  /** From this JDK on a thread no longer notes whose code was on the stack that made it. */
  private static final int WITHOUT_ACCESS_CONTROL = 24;

  private OwnThread() {}

  /** A daemon, not started yet. Its context class loader is that of Tollgate itself. */
  @SuppressWarnings("removal") // Not linked where it may be gone.
  public static Thread of(Runnable work, String name) {
    Thread thread =
        Runtime.version().feature() < WITHOUT_ACCESS_CONTROL
            // It keeps the class loaders of all that is on the stack, up to here.
            ? AccessController.doPrivileged((PrivilegedAction<Thread>) () -> make(work, name))
            : make(work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(OwnThread.class.getClassLoader());
    return thread;
  }

  private static Thread make(Runnable work, String name) {
    return new Thread(outermostGroup(), work, name, 0, false);
  }

  /** A program may end a group of its own, or wait for all threads in it. */
  private static @Nullable ThreadGroup outermostGroup() {
    try {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      for (ThreadGroup above = group; above != null; above = above.getParent()) {
        group = above;
      }
      return group;
    } catch (SecurityException e) {
      return null;
    }
  }
}
