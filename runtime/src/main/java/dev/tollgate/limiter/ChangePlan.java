package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What another configuration changes in the limiters that there are. Whatever stands in it can be
 * done: it is all looked at before anything is touched.
 */
final class ChangePlan {
  private final Map<String, LimiterEntry> entries;
  private final ConfiguredLimits last;
  private final ConfiguredLimits next;

  private ChangePlan(
      Map<String, LimiterEntry> entries, ConfiguredLimits last, ConfiguredLimits next) {
    this.entries = entries;
    this.last = last;
    this.next = next;
  }

  /**
   * The changes, in alphabetical order of the names. A limiter of which both configurations say the
   * same has none.
   *
   * @throws IllegalArgumentException if a name is impossible, or values don't go with what they are
   *     laid over
   */
  static List<LimiterChange> of(
      Map<String, LimiterEntry> entries, ConfiguredLimits last, ConfiguredLimits next) {
    return new ChangePlan(entries, last, next).changes();
  }

  private List<LimiterChange> changes() {
    Set<String> names = new TreeSet<>(last.names());
    names.addAll(next.names());
    List<LimiterChange> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(last.find(name), next.find(name))) {
        LimiterChange change = change(LimiterNames.check(name));
        if (change != null) {
          changes.add(change);
        }
      }
    }
    return changes;
  }

  /** Null where nothing is to do. */
  private @Nullable LimiterChange change(String name) {
    LimiterEntry entry = entries.get(name);
    if (entry == null) {
      return next.defines(name) ? new LimiterChange(name, null, next.anew(name, null)) : null;
    }
    RateLimitConfig before = entry.core().config();
    if (entry.base() == null && !next.defines(name)) {
      return new LimiterChange(name, before, null);
    }
    RateLimitConfig after = next.anew(name, entry.base());
    try {
      entry.core().checkChange(after);
    } catch (IllegalArgumentException e) {
      throw ConfiguredLimits.named(name, e);
    }
    return after.equals(before) ? null : new LimiterChange(name, before, after);
  }
}
