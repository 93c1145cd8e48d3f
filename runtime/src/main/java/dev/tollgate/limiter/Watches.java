package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at a turnstile's levels without having taken anything, and is told when it may be worth
 * while to ask again. Under the turnstile's lock.
 */
final class Watches {
  /** Null as long as nobody has watched. */
  private @Nullable List<Watching> all;

  void add(Watch watch, Level level) {
    if (all == null) {
      all = new ArrayList<>(2);
    }
    all.add(new Watching(watch, level));
  }

  @SuppressWarnings("ReferenceEquality") // The one that was added.
  void remove(Watch watch) {
    if (all != null) {
      all.removeIf(watching -> watching.watch == watch);
    }
  }

  /** A level holds more, or less, than was to be expected. */
  void wake() {
    if (all != null) {
      for (Watching each : all) {
        each.watch.lookAgain();
      }
    }
  }

  int count() {
    return all == null ? 0 : all.size();
  }

  @SuppressWarnings("ReferenceEquality") // Levels are places, not values.
  int countAt(Level level) {
    int watching = 0;
    if (all != null) {
      for (Watching each : all) {
        watching += each.level == level ? 1 : 0;
      }
    }
    return watching;
  }

  private record Watching(Watch watch, Level level) {}
}
