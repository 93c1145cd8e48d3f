package dev.tollgate.limiter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The door of an agent, and what its pool would do: the futures of those who are handed over are
 * completed at the agent's when a test says so.
 */
@SuppressWarnings("unchecked") // What stands behind a name of the door is fixed by its protocol.
final class DeliveringDoor {
  final Map<String, Object> door;

  /** Of those who are handed over, in their order, and of who comes afterwards. */
  final Deque<CompletableFuture<Long>> waiting = new ArrayDeque<>();

  /**
   * @param without a name that the agent is too old to know, or an empty one
   */
  DeliveringDoor(LimiterRegistry agents, String without) {
    door = new HashMap<>(Door.to(agents));
    BiFunction<String, Map<String, Object>, Map<String, Object>> adopt =
        (BiFunction<String, Map<String, Object>, Map<String, Object>>) door.get(Door.ADOPT);
    BiFunction<String, Map<String, Object>, Map<String, Object>> listening =
        (name, values) -> {
          Map<String, Object> handles = adopt.apply(name, values);
          handles.remove(without);
          BiFunction<Long, Long, CompletableFuture<Long>> takeLater =
              (BiFunction<Long, Long, CompletableFuture<Long>>) handles.get(Door.TAKE_LATER);
          BiFunction<Long, Long, CompletableFuture<Long>> kept =
              (weight, longest) -> {
                CompletableFuture<Long> taken = takeLater.apply(weight, longest);
                waiting.add(taken);
                return taken;
              };
          handles.put(Door.TAKE_LATER, kept);
          return handles;
        };
    door.put(Door.ADOPT, listening);
  }

  /** The next of those who were handed over hears that it has waited so long. */
  void deliver(long waited) {
    waiting.remove().complete(waited);
  }
}
