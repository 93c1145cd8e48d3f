package dev.tollgate.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a restart is what this process needs: where threads wait for each other for ever, or a
 * loop has stopped that said it would not. Nothing outside the process counts. One thread looks.
 */
final class Liveness {
  private static final long DEADLOCK_INTERVAL_NANOS = 10_000_000_000L;
  private static final long SECOND_LOOK_NANOS = 200_000_000;

  /** However short a silence a heartbeat is allowed, nobody looks more often. */
  private static final long SHORTEST_PAUSE_NANOS = 10_000_000;

  private final ActiveClock clock;
  private final DeadlockWatch deadlocks;
  private final CopyOnWriteArrayList<Pulse> pulses = new CopyOnWriteArrayList<>();
  private List<String> deadlocked = List.of();
  private long deadlocksDueAt;

  Liveness(ActiveClock clock, DeadlockWatch deadlocks) {
    this.clock = clock;
    this.deadlocks = deadlocks;
    this.deadlocksDueAt = clock.getAsLong();
  }

  ActiveClock clock() {
    return clock;
  }

  /** See {@link HealthRegistry#heartbeat}. */
  Heartbeat heartbeat(String name, Duration longestSilence) {
    Pulse pulse = new Pulse(name, longestSilence);
    pulses.add(pulse);
    return pulse;
  }

  /** To look for deadlocks next time, whenever that is. */
  void makeDue(long now) {
    deadlocksDueAt = now;
  }

  /** Why this process is not live; empty if it is. */
  List<String> look(long now) {
    if (now - deadlocksDueAt >= 0) {
      deadlocked = deadlocked();
      deadlocksDueAt = now + (deadlocks.isUnsure() ? SECOND_LOOK_NANOS : DEADLOCK_INTERVAL_NANOS);
    }
    List<String> issues = new ArrayList<>(deadlocked);
    for (Pulse pulse : pulses) {
      if (pulse.silence(now) > pulse.longest) {
        issues.add(
            "heartbeat '"
                + pulse.name
                + "' is silent for longer than "
                + Duration.ofNanos(pulse.longest).toMillis()
                + " ms");
      }
    }
    return issues;
  }

  /** Nanoseconds until looking again may find something else. */
  long nanosUntilNext(long now) {
    long next = deadlocksDueAt - now;
    for (Pulse pulse : pulses) {
      long left = pulse.longest - pulse.silence(now);
      // One that is silent may beat again at any time, and is looked for at leisure.
      next = Math.min(next, left >= 0 ? left + 1 : pulse.longest);
    }
    return Math.max(next, SHORTEST_PAUSE_NANOS);
  }

  private List<String> deadlocked() {
    try {
      return deadlocks.look();
    } catch (RuntimeException | LinkageError e) {
      // A JVM that can't tell, such as one without java.management, is not to be restarted for it.
      return List.of();
    }
  }

  private final class Pulse implements Heartbeat {
    private final String name;
    private final long longest;
    private final AtomicLong lastBeat = new AtomicLong(clock.getAsLong());

    Pulse(String name, Duration longest) {
      this.name = name;
      this.longest = longest.toNanos();
    }

    @Override
    public void beat() {
      lastBeat.set(clock.getAsLong());
    }

    @Override
    public void close() {
      pulses.remove(this);
    }

    long silence(long now) {
      long beat = lastBeat.get();
      if (now - beat < 0) {
        // By a clock that hadn't noticed yet that the process was stopped, or after all just now.
        lastBeat.compareAndSet(beat, now);
        return 0;
      }
      return now - beat;
    }
  }
}
