package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.limiter.Door;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent that came into this JVM before. */
final class Predecessor {
  /** Null while the dispatcher waits: nobody leaves before it is there. */
  private final @Nullable Map<String, Object> door;

  private Predecessor(@Nullable Map<String, Object> door) {
    this.door = door;
  }

  /** Null where there was none. */
  static @Nullable Predecessor find() {
    if (Dispatcher.isWaiting()) {
      return new Predecessor(null);
    }
    Map<String, Object> door = Dispatcher.isThere() ? Door.find() : null;
    return door == null ? null : new Predecessor(door);
  }

  boolean isActive() {
    return door == null || !door.containsKey(Remains.NAME);
  }

  /** What it has left for the next; null while it is active. */
  @Nullable Remains remains() {
    return door == null ? null : (Remains) door.get(Remains.NAME);
  }
}
