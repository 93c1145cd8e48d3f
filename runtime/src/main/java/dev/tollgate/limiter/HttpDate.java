package dev.tollgate.limiter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as HTTP has them: one form that is written, and two old ones that are still to be read. */
final class HttpDate {
  /** RFC 9110, 5.6.7: a year that seems more than so far ahead is of the century before. */
  private static final int YEARS_AHEAD = 50;

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

  private HttpDate() {}

  /** Null where {@code text} is no date. */
  static @Nullable Instant parse(String text, Instant now) {
    try {
      int comma = text.indexOf(',');
      if (comma < 0) {
        return LocalDateTime.parse(text, ASCTIME).toInstant(ZoneOffset.UTC);
      }
      // Short names of days are followed by the form that is written today.
      return comma == 3
          ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)
          : LocalDateTime.parse(text, rfc850(now)).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
  private static DateTimeFormatter rfc850(Instant now) {
    int earliest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD - 99;
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US);
  }
}
