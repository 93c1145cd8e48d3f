package dev.tollgate.limiter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Dates as servers send them: the three forms that HTTP has (RFC 9110, 5.6.7), and what is often
 * sent in their place. A day, a month by name, a year and a time are looked for, in any order and
 * case; the day of the week says nothing that they don't, and isn't compared. Times without a zone
 * are those of Greenwich. ISO 8601 is read as well.
 */
final class HttpDate {
  /** RFC 9110, 5.6.7: a year that seems more than so far ahead is of the century before. */
  private static final int YEARS_AHEAD = 50;

  private static final int CENTURY = 100;
  private static final int LONGEST = 64;
  private static final int NAME_LENGTH = 3;
  private static final int MINUTE = 60;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String DAYS = "sunmontuewedthufrisat";
  private static final int NONE = -1;

  private final Instant now;
  private int day = NONE;
  private int month = NONE;
  private int year = NONE;
  private @Nullable String time;
  private ZoneOffset zone = ZoneOffset.UTC;

  private HttpDate(Instant now) {
    this.now = now;
  }

  /** Null if {@code text} is no date. */
  static @Nullable Instant parse(String text, Instant now) {
    if (text.length() > LONGEST) {
      return null;
    }
    try {
      return text.indexOf('-') == 4
          ? OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant()
          : new HttpDate(now).read(text.toLowerCase(Locale.ROOT));
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private Instant read(String text) {
    StringTokenizer words = new StringTokenizer(text, " ,\t");
    while (words.hasMoreTokens()) {
      word(words.nextToken());
    }
    if (day == NONE || month == NONE || year == NONE || time == null) {
      throw new DateTimeException("not all of a date");
    }
    return dateTime(time).toInstant(zone);
  }

  private void word(String word) {
    char first = word.charAt(0);
    if (first == '+' || first == '-') {
      zone = ZoneOffset.of(word);
    } else if (word.startsWith("gmt") || word.startsWith("utc")) {
      zone = word.length() == NAME_LENGTH ? zone : ZoneOffset.of(word.substring(NAME_LENGTH));
    } else if (word.indexOf(':') > 0) {
      once(time == null);
      time = word;
    } else if (word.indexOf('-') > 0) {
      // 06-Nov-94.
      StringTokenizer parts = new StringTokenizer(word, "-");
      while (parts.hasMoreTokens()) {
        word(parts.nextToken());
      }
    } else if (Character.isDigit(first)) {
      number(word);
    } else if (!word.equals("z") && !word.equals("ut")) {
      name(word);
    }
  }

  /** The first is the day. */
  private void number(String word) {
    int number = Integer.parseInt(word);
    if (day == NONE) {
      day = number;
      return;
    }
    once(year == NONE);
    year = number;
    if (word.length() == 2) {
      int latest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD;
      year = latest - Math.floorMod(latest - number, CENTURY);
    }
  }

  private void name(String word) {
    int asMonth = index(MONTHS, word);
    if (asMonth != NONE) {
      once(month == NONE);
      month = asMonth + 1;
    } else if (index(DAYS, word) == NONE) {
      throw new DateTimeException("neither a month nor a day");
    }
  }

  private LocalDateTime dateTime(String written) {
    String[] parts = written.split(":", -1);
    if (parts.length > NAME_LENGTH) {
      throw new DateTimeException("not a time");
    }
    int second = parts.length == NAME_LENGTH ? Integer.parseInt(parts[2]) : 0;
    // A leap second has the number 60.
    int leap = second == MINUTE ? 1 : 0;
    return LocalDateTime.of(
            year, month, day, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), second - leap)
        .plusSeconds(leap);
  }

  private static int index(String names, String word) {
    int found = word.length() < NAME_LENGTH ? NONE : names.indexOf(word.substring(0, NAME_LENGTH));
    return found < 0 || found % NAME_LENGTH != 0 ? NONE : found / NAME_LENGTH;
  }

  private static void once(boolean isFirst) {
    if (!isFirst) {
      throw new DateTimeException("twice");
    }
  }
}
