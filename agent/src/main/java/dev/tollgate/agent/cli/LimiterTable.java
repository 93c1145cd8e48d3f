package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.Rates.Rate;
import dev.tollgate.agent.cli.Table.Cell;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.limiter.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The limiters of a JVM, a line for each. */
final class LimiterTable {
  private static final String UNKNOWN = "-";

  private LimiterTable() {}

  /** What they have done since the JVM began. */
  static List<String> totals(List<LimiterReading> limiters, Ansi ansi) {
    Table table =
        new Table("limiter", "tokens", "requests", "rejected", "wait", "longest", "waiting");
    for (LimiterReading limiter : limiters) {
      table.add(
          Cell.of(name(limiter)),
          Cell.of(tokens(limiter)),
          Cell.of(ShortNumber.of(limiter.totalRequests())),
          rejected(ShortNumber.of(limiter.rejectedRequests()), limiter.rejectedRequests() > 0),
          Cell.of(millis(limiter.averageWaitMillis())),
          Cell.of(millis(limiter.maxWaitMillis())),
          Cell.of(ShortNumber.of(limiter.waiting())));
    }
    return table.lines(ansi);
  }

  /** What they are doing now; the rates take the place of the waits. */
  static List<String> rates(List<LimiterReading> limiters, Map<String, Rate> rates, Ansi ansi) {
    Table table =
        new Table(
            "limiter", "tokens", "requests", "rejected", "waiting", "req/s", "adm/s", "rej/s");
    for (LimiterReading limiter : limiters) {
      @Nullable Rate rate = rates.get(limiter.name());
      table.add(
          Cell.of(name(limiter)),
          Cell.of(tokens(limiter)),
          Cell.of(ShortNumber.of(limiter.totalRequests())),
          Cell.of(ShortNumber.of(limiter.rejectedRequests())),
          Cell.of(ShortNumber.of(limiter.waiting())),
          Cell.of(perSecond(rate, Rate::requests)),
          Cell.of(perSecond(rate, Rate::admitted)),
          rejected(perSecond(rate, Rate::rejected), rate != null && rate.rejected() > 0));
    }
    return table.lines(ansi);
  }

  private static String name(LimiterReading limiter) {
    String mode = limiter.mode().equals("enforce") ? "" : " (" + limiter.mode() + ")";
    return limiter.name() + mode;
  }

  private static String tokens(LimiterReading limiter) {
    return ShortNumber.of(limiter.availablePermits()) + "/" + ShortNumber.of(limiter.capacity());
  }

  private static String millis(double millis) {
    return millis <= 0 ? "0" : Durations.print(Duration.ofNanos(Math.round(millis * 1e6)));
  }

  private static String perSecond(@Nullable Rate rate, ToDoubleFunction<Rate> which) {
    return rate == null ? UNKNOWN : ShortNumber.of(which.applyAsDouble(rate));
  }

  private static Cell rejected(String text, boolean any) {
    return new Cell(text, any ? "red" : "");
  }
}
