package dev.tollgate.agent.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Standard error of the process: the file descriptor, not {@code System.err}, which the program may
 * replace by a stream of its own that locks, blocks, or is limited itself.
 *
 * <p>The descriptor may block as well, if nobody reads it. So once the program runs, a thread of
 * ours writes, which lives as long as there are lines. A thread that has a line waits for it to be
 * written, 50 ms at most, so that a program that ends at once doesn't lose it; if that wasn't long
 * enough, nobody waits until all lines are written. It yields instead of parking, which could take
 * an interrupt or a permit of the program's thread.
 */
final class Stderr implements Runnable {
  private static final long WAIT_NANOS = 50_000_000;
  private static final long LAST_WAIT_NANOS = 2_000_000_000;
  private static final int MOST_WAITING = 1_000;

  private final OutputStream stream;
  private final Charset charset;

  /** The topmost one: a group of the program may be a class of its own, or destroyed. */
  private final ThreadGroup group = topGroup();

  private volatile boolean byThread;
  private volatile boolean isStuck;

  // All: guarded by waiting. Nothing but the JDK's collections runs under this lock.
  private final Deque<String> waiting = new ArrayDeque<>();
  private long added;
  private long written;
  private long dropped;
  private boolean hasThread;

  Stderr() {
    this(new FileOutputStream(FileDescriptor.err), encoding());
  }

  Stderr(OutputStream stream, Charset charset) {
    this.stream = stream;
    this.charset = charset;
  }

  /** From now on the threads that have lines may be the program's. */
  void writeByThread() {
    byThread = true;
  }

  /** Throws nothing. A line is left out if a thousand wait already. */
  void print(String line) {
    try {
      if (!byThread) {
        write(line);
        return;
      }
      long last = add(line);
      if (!isStuck) {
        isStuck = !awaitWritten(last, WAIT_NANOS);
      }
    } catch (Throwable fault) {
      // There is nowhere left to say so.
    }
  }

  /** Waits until all lines are written, two seconds at most: the JVM is about to end. */
  void flush() {
    long last;
    synchronized (waiting) {
      last = added;
    }
    awaitWritten(last, LAST_WAIT_NANOS);
  }

  @Override
  public void run() {
    for (String line = next(); line != null; line = next()) {
      try {
        write(line);
      } catch (Throwable fault) {
        // There is nowhere left to say so.
      }
      synchronized (waiting) {
        written++;
      }
    }
  }

  private long add(String line) {
    long last;
    boolean needsThread;
    synchronized (waiting) {
      if (waiting.size() == MOST_WAITING) {
        dropped++;
        return 0;
      }
      waiting.add(line);
      added++;
      last = added;
      needsThread = !hasThread;
      hasThread = true;
    }
    if (needsThread) {
      start();
    }
    return last;
  }

  private void start() {
    boolean started = false;
    try {
      Thread thread = new Thread(group, this, "tollgate-stderr", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(Stderr.class.getClassLoader());
      thread.start();
      started = true;
    } finally {
      if (!started) {
        synchronized (waiting) {
          hasThread = false;
        }
      }
    }
  }

  /** Null if there is none: the thread ends. */
  private @Nullable String next() {
    synchronized (waiting) {
      String line = waiting.poll();
      if (line != null) {
        return line;
      }
      isStuck = false;
      if (dropped > 0) {
        String lost = dropped + " lines are left out: nobody read this stream";
        dropped = 0;
        added++;
        return Console.PREFIX.concat(lost);
      }
      hasThread = false;
      return null;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // To park could take a permit of the program's thread.
  private boolean awaitWritten(long line, long nanos) {
    long begin = System.nanoTime();
    while (!isWritten(line)) {
      if (System.nanoTime() - begin > nanos) {
        return false;
      }
      Thread.yield();
    }
    return true;
  }

  private boolean isWritten(long line) {
    synchronized (waiting) {
      return written >= line;
    }
  }

  private void write(String line) throws IOException {
    stream.write(line.concat(System.lineSeparator()).getBytes(charset));
    stream.flush();
  }

  /** As the JDK chooses that of its own stream. */
  private static Charset encoding() {
    String name = System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
    try {
      return name == null ? Charset.defaultCharset() : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return Charset.defaultCharset();
    }
  }

  private static ThreadGroup topGroup() {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    return top;
  }
}
