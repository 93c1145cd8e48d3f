package dev.tollgate.agent.weave;

import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time passes when the test says so; no thread may wait for it. */
public final class HandTicker implements Ticker {
  private final List<Alarm> alarms = new ArrayList<>();
  private long now;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public void park(Object blocker, long nanos) {
    throw new AssertionError("a call waits for " + nanos + " ns");
  }

  @Override
  public synchronized CompletableFuture<Void> alarm(long nanos) {
    Alarm alarm = new Alarm(now + nanos, new CompletableFuture<>());
    alarms.add(alarm);
    return alarm.future;
  }

  /** Lets time pass, and goes off whatever is due. */
  public void advance(Duration time) {
    List<Alarm> due = new ArrayList<>();
    synchronized (this) {
      now += time.toNanos();
      for (Alarm alarm : alarms) {
        if (alarm.due <= now) {
          due.add(alarm);
        }
      }
      alarms.removeAll(due);
    }
    for (Alarm alarm : due) {
      alarm.future.complete(null);
    }
  }

  private record Alarm(long due, CompletableFuture<Void> future) {}
}
