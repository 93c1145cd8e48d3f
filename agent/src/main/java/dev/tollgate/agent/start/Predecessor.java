package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.limiter.Door;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent that came into this JVM before. */
final class Predecessor {
  private Predecessor() {}

  /** Whether it is active. */
  static boolean isActive() {
    if (Dispatcher.isWaiting()) {
      return true;
    }
    Map<String, Object> door = Door.find();
    return door != null && !door.containsKey(Remains.NAME);
  }

  /** What it has left for the next, if it has gone; null where there was none. */
  static @Nullable Remains remains() {
    Map<String, Object> door = Door.find();
    return door == null ? null : (Remains) door.get(Remains.NAME);
  }
}
