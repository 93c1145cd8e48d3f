package dev.tollgate.agent.reload;

import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.LimiterChange;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Changes of limiters in words: {@code github_api 80/1m -> 40/1m, burst 20 -> 0}. */
final class ChangeText {
  private ChangeText() {}

  static List<String> of(List<LimiterChange> changes) {
    List<String> texts = new ArrayList<>();
    for (LimiterChange change : changes) {
      texts.add(change.name() + " " + predicate(change));
    }
    return texts;
  }

  private static String predicate(LimiterChange change) {
    RateLimitConfig before = change.before();
    RateLimitConfig after = change.after();
    if (before == null) {
      return after == null ? "" : "defined, " + rate(after);
    }
    if (after == null) {
      return "is defined nowhere any longer and stays " + rate(before);
    }
    List<String> values = new ArrayList<>();
    add(values, "", rate(before), rate(after));
    add(values, "burst ", before.burst(), after.burst());
    add(values, "capacity ", capacity(before), capacity(after));
    add(values, "timeout ", duration(before.timeout()), duration(after.timeout()));
    add(values, "mode ", mode(before), mode(after));
    add(values, "max-waiting ", before.maxWaiting(), after.maxWaiting());
    add(values, "max-keys ", before.maxKeys(), after.maxKeys());
    add(values, "warm-up ", duration(before.warmUp()), duration(after.warmUp()));
    return String.join(", ", values);
  }

  private static void add(List<String> values, String name, Object before, Object after) {
    if (!before.equals(after)) {
      values.add(name + before + " -> " + after);
    }
  }

  private static String rate(RateLimitConfig config) {
    return config.permits() + "/" + duration(config.period());
  }

  /** Where it isn't given, it follows from permits and burst. */
  private static String capacity(RateLimitConfig config) {
    OptionalLong capacity = config.explicitCapacity();
    return capacity.isPresent() ? Long.toString(capacity.getAsLong()) : "permits + burst";
  }

  /** A program's timeout may be longer than nanoseconds can count. */
  private static String duration(Duration duration) {
    return duration.toSeconds() < Long.MAX_VALUE / 1_000_000_000
        ? Durations.printExactly(duration)
        : Durations.print(duration);
  }

  private static String mode(RateLimitConfig config) {
    return config.mode().name().toLowerCase(Locale.ROOT);
  }
}
