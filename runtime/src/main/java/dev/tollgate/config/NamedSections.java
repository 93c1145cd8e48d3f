package dev.tollgate.config;

import dev.tollgate.health.CheckNames;
import dev.tollgate.limiter.LimiterNames;
import org.jspecify.annotations.Nullable;

/** Sections whose names aren't keys but the user's own, and what such a name may be. */
abstract class NamedSections {
  static final NamedSections LIMITERS = new LimiterSections();
  static final NamedSections CHECKS = new CheckSections();

  private final String place;
  private final String inWords;

  private NamedSections(String place, String inWords) {
    this.place = place;
    this.inWords = inWords;
  }

  /** Those that stand at this place of the {@link Schema}; null where it has keys. */
  static @Nullable NamedSections at(String place) {
    return LIMITERS.place.equals(place) ? LIMITERS : CHECKS.place.equals(place) ? CHECKS : null;
  }

  /** Whether an unknown {@code value} at {@code place} may be what follows the dot of a name. */
  static boolean mayBeCut(String place, Node value) {
    return value instanceof Node.Section && place.equals(CHECKS.place + "." + ConfigKey.NAME);
  }

  /** What stands at their place: {@code "the limiters' names"}. */
  final String inWords() {
    return inWords;
  }

  /**
   * @throws IllegalArgumentException if none of them can have this name
   */
  abstract void check(String name);

  private static final class LimiterSections extends NamedSections {
    LimiterSections() {
      super("limiters", "the limiters' names");
    }

    @Override
    void check(String name) {
      LimiterNames.check(name);
    }
  }

  private static final class CheckSections extends NamedSections {
    CheckSections() {
      super("health.checks", "the checks' names");
    }

    @Override
    void check(String name) {
      CheckNames.check(name);
    }
  }
}
