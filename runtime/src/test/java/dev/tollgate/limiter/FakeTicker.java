package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Time that moves only when a test says so. Threads really park in it. */
public final class FakeTicker implements Ticker {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Guards everything, and is told of each change. Holds until when each thread is parked. */
  private final Map<Thread, Long> parked = new LinkedHashMap<>();

  /** Alarms that are on, with their moments. */
  private final Map<CompletableFuture<Void>, Long> alarms = new LinkedHashMap<>();

  private final Set<Thread> unparked = new HashSet<>();

  /** What each thread has last seen the time to be. */
  private final ThreadLocal<Long> lastRead = new ThreadLocal<>();

  private volatile long now;
  private int parks;

  public FakeTicker() {
    this(0);
  }

  public FakeTicker(long now) {
    this.now = now;
  }

  @Override
  public long nanos() {
    long read = now;
    lastRead.set(read);
    return read;
  }

  @Override
  public void park(Object blocker, long nanos) {
    Thread caller = Thread.currentThread();
    synchronized (parked) {
      parks++;
      // From when the caller looked, or time that went by since would make it sleep too long.
      Long read = lastRead.get();
      long until = (read == null ? now : read) + nanos;
      if (unparked.remove(caller) || caller.isInterrupted() || until - now <= 0) {
        return;
      }
      parked.put(caller, until);
      parked.notifyAll();
      try {
        while (parked.containsKey(caller)) {
          parked.wait();
        }
      } catch (InterruptedException e) {
        parked.remove(caller);
        parked.notifyAll();
        caller.interrupt();
      }
    }
  }

  @Override
  public void unpark(Thread thread) {
    synchronized (parked) {
      if (parked.remove(thread) == null) {
        unparked.add(thread);
      }
      parked.notifyAll();
    }
  }

  @Override
  public CompletableFuture<Void> alarm(long nanos) {
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    synchronized (parked) {
      alarms.put(alarm, now + nanos);
    }
    alarm.whenComplete(
        (nothing, cancelled) -> {
          synchronized (parked) {
            alarms.remove(alarm);
          }
        });
    return alarm;
  }

  /**
   * Lets {@code nanos} go by. Who is parked until then counts as parked no longer, and alarms go
   * off, in the order of their moments, on the calling thread.
   */
  public void advance(long nanos) {
    synchronized (parked) {
      now += nanos;
      parked.values().removeIf(until -> until - now <= 0);
      parked.notifyAll();
    }
    for (CompletableFuture<Void> alarm = nextDue(); alarm != null; alarm = nextDue()) {
      alarm.complete(null);
    }
  }

  /** Lets {@code nanos} go by, which nobody notices yet. */
  void advanceSilently(long nanos) {
    synchronized (parked) {
      now += nanos;
    }
  }

  /** How many alarms are on. */
  int alarms() {
    synchronized (parked) {
      return alarms.size();
    }
  }

  /** Nanoseconds until the next alarm; 0 where none is on. */
  long untilAlarm() {
    synchronized (parked) {
      return alarms.values().stream().mapToLong(moment -> moment - now).min().orElse(0);
    }
  }

  private @Nullable CompletableFuture<Void> nextDue() {
    synchronized (parked) {
      return alarms.entrySet().stream()
          .filter(alarm -> alarm.getValue() - now <= 0)
          .min(Comparator.comparingLong(alarm -> alarm.getValue() - now))
          .map(Map.Entry::getKey)
          .orElse(null);
    }
  }

  /** Lets {@code nanos} go by and interrupts {@code call} before it can notice either. */
  void advanceAndInterrupt(long nanos, BackgroundCall<?> call) {
    synchronized (parked) {
      now += nanos;
      call.interrupt();
      parked.values().removeIf(until -> until - now <= 0);
      parked.notifyAll();
    }
  }

  /** Returns when exactly {@code count} threads are parked; fails if that takes too long. */
  void awaitParked(int count) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    synchronized (parked) {
      while (parked.size() != count) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError(parked.size() + " threads are parked, not " + count);
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(parked, left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** Returns when threads are parked until exactly these moments; fails if that takes too long. */
  void awaitParkedUntil(List<Long> moments) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    synchronized (parked) {
      while (!parkedUntil().equals(moments)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("parked until " + parkedUntil() + ", not " + moments);
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(parked, left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** The moments until which threads are parked, the earliest first. */
  List<Long> parkedUntil() {
    synchronized (parked) {
      List<Long> moments = new ArrayList<>(parked.values());
      long from = now;
      moments.sort(Comparator.comparingLong(until -> until - from));
      return moments;
    }
  }

  /** How often anyone has asked to be parked. */
  int parks() {
    synchronized (parked) {
      return parks;
    }
  }
}
