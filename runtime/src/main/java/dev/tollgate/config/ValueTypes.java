package dev.tollgate.config;

import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.LimiterNames;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.List;

/** The types that values have, but for whole numbers and choices. */
final class ValueTypes {
  static final ValueType<Boolean> BOOLEAN = new TrueOrFalse();
  static final ValueType<Duration> DURATION = new AnyDuration("duration");
  static final ValueType<Duration> PERIOD = new Period();
  static final ValueType<Duration> WARM_UP = new DurationUpTo(RateLimitConfig.MAX_WARM_UP, "1d");

  /** Zero where it is off. */
  static final ValueType<Duration> RELOAD = new Reload();

  static final ValueType<Duration> INTERVAL = new DurationFrom(Duration.ofMillis(10), "10ms");
  static final ValueType<Duration> CHECK_TIMEOUT = new DurationFrom(Duration.ofMillis(1), "1ms");
  static final ValueType<Long> SIZE = new Size();
  static final ValueType<Double> PERCENTAGE = new Percentage();
  static final ValueType<List<String>> PATHS =
      new TextList(
          "list of paths",
          "a list of paths, or paths with commas between them",
          new ReadablePath(),
          "give at least one path, or health.enabled = false");
  static final ValueType<List<String>> PROGRAMS =
      new TextList(
          "list of programs' names",
          "a list of programs' names, or names with commas between them",
          new ProgramName(),
          "");
  static final ValueType<String> LIMITER_NAME = new LimiterName();
  static final ValueType<String> METHOD = new MethodName();
  static final ValueType<String> FILE = new NotText<>("file", "a readable file");
  static final ValueType<List<Rule>> RULES =
      new NotText<>("list", "a list of { method = \"…\", limiter = … }");

  private ValueTypes() {}

  private static final class TrueOrFalse extends TextType<Boolean> {
    TrueOrFalse() {
      super("true/false", "true or false");
    }

    @Override
    Boolean parse(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(text);
      };
    }
  }

  private static class AnyDuration extends TextType<Duration> {
    AnyDuration(String name) {
      super(name, "a number with a unit: 250ms, 30s, 1m, 2h, 1d");
    }

    @Override
    Duration parse(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("can't be read: " + e.getMessage(), e);
      }
    }
  }

  private static final class Period extends AnyDuration {
    Period() {
      super("duration above 0, up to 366d");
    }

    @Override
    Duration parse(String text) {
      Duration period = super.parse(text);
      if (period.isZero() || period.compareTo(RateLimitConfig.MAX_PERIOD) > 0) {
        throw wrong(text, "more than 0 and at most 366d");
      }
      return period;
    }
  }

  private static final class DurationUpTo extends AnyDuration {
    private final Duration most;
    private final String written;

    DurationUpTo(Duration most, String written) {
      super("duration up to " + written);
      this.most = most;
      this.written = written;
    }

    @Override
    Duration parse(String text) {
      Duration duration = super.parse(text);
      if (duration.compareTo(most) > 0) {
        throw wrong(text, "at most " + written);
      }
      return duration;
    }
  }

  private static final class Reload extends TextType<Duration> {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(366);

    Reload() {
      super("off, or duration from 1s to 366d", "off, or from 1s to 366d: 5s, 1m");
    }

    @Override
    Duration parse(String text) {
      if (text.equalsIgnoreCase("off")) {
        return Duration.ZERO;
      }
      Duration duration;
      try {
        duration = Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw wrong(text);
      }
      if (duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
        throw wrong(text);
      }
      return duration;
    }
  }

  /** As long as a check's interval or timeout may be. */
  private static final class DurationFrom extends AnyDuration {
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Duration least;
    private final String range;

    DurationFrom(Duration least, String written) {
      super("duration from " + written + " to 366d");
      this.least = least;
      this.range = "from " + written + " to 366d";
    }

    @Override
    Duration parse(String text) {
      Duration duration = super.parse(text);
      if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
        throw wrong(text, range);
      }
      return duration;
    }
  }

  private static final class LimiterName extends TextType<String> {
    LimiterName() {
      super("limiter's name", "a limiter's name: a letter first, then letters, digits, '_' or '-'");
    }

    @Override
    String parse(String text) {
      if (!LimiterNames.isValid(text)) {
        throw wrong(text);
      }
      return text;
    }
  }

  private static final class MethodName extends TextType<String> {
    MethodName() {
      super("`class#method`", MethodPattern.EXPECTED);
    }

    @Override
    String parse(String text) {
      return MethodPattern.parse(text).toString();
    }
  }

  private static final class ProgramName extends TextType<String> {
    ProgramName() {
      super("program's name", "a program's name without a path: git");
    }

    @Override
    String parse(String text) {
      if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
        throw wrong(text);
      }
      return text;
    }
  }

  /** Of what isn't read from text, or not at all. */
  private static final class NotText<T> extends ValueType<T> {
    NotText(String name, String expected) {
      super(name, expected);
    }

    @Override
    T read(Entry entry) {
      throw new IllegalStateException("a " + name() + " isn't read from text");
    }
  }
}
