package dev.tollgate.limiter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * For how long a server wants no more requests, as its response's headers say: {@code Retry-After},
 * and, where nothing remains of the quota, when that begins anew. The longest of them counts.
 *
 * <p>A number is judged by its size, since servers don't agree on what it is: no pause is for 31
 * years, and no epoch that began in 1970 is at year 5138.
 */
final class ServerPause {
  /** No server may ask for more at a time, which may be a mistake. It may ask again. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final String[] PREFIXES = {"x-ratelimit-", "ratelimit-", "x-rate-limit-"};
  private static final double FIRST_EPOCH_SECOND = 1e9;
  private static final double FIRST_EPOCH_MILLI = 1e11;
  private static final double FIRST_OF_ANOTHER_UNIT = 1e14;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ResponseHeaders headers;
  private final Instant now;

  private ServerPause(ResponseHeaders headers, Instant now) {
    this.headers = headers;
    this.now = now;
  }

  /** Zero where it wants none. What can't be read counts as not there. */
  static Duration of(ResponseHeaders headers, InstantSource clock) {
    Instant own = clock.instant();
    // The server's clock may be another than ours, and its dates are its own.
    Instant now = own;
    for (String date : headers.all("date")) {
      Instant written = HttpDate.parse(date, own);
      now = written != null ? written : now;
    }
    return new ServerPause(headers, now).longest();
  }

  private Duration longest() {
    Duration longest = Duration.ZERO;
    for (String text : headers.all("retry-after")) {
      longest = longer(longest, retryAfter(text));
    }
    for (String prefix : PREFIXES) {
      if (isUsedUp(headers.all(prefix.concat("remaining")))) {
        for (String text : headers.all(prefix.concat("reset-after"))) {
          longest = longer(longest, seconds(number(text)));
        }
        for (String text : headers.all(prefix.concat("reset"))) {
          longest = longer(longest, moment(number(text)));
        }
      }
    }
    return longest;
  }

  private static boolean isUsedUp(List<String> remaining) {
    for (String text : remaining) {
      // Not a number compares as false.
      if (number(text) <= 0 || (text.startsWith("-") && number(text.substring(1)) > 0)) {
        return true;
      }
    }
    return false;
  }

  private Duration retryAfter(String text) {
    double number = number(text);
    if (!Double.isNaN(number)) {
      // Docker Hub sends the moment itself.
      return number < FIRST_OF_ANOTHER_UNIT ? moment(number) : LONGEST;
    }
    Instant date = HttpDate.parse(text, now);
    return date == null ? Duration.ZERO : until(date);
  }

  private Duration moment(double number) {
    if (Double.isNaN(number) || number < FIRST_EPOCH_SECOND) {
      return seconds(number);
    }
    if (number < FIRST_EPOCH_MILLI) {
      return until(Instant.EPOCH.plus(Duration.ofSeconds((long) Math.ceil(number))));
    }
    return number < FIRST_OF_ANOTHER_UNIT
        ? until(Instant.ofEpochMilli((long) Math.ceil(number)))
        : Duration.ZERO;
  }

  private Duration until(Instant moment) {
    return bounded(Duration.between(now, moment));
  }

  private static Duration seconds(double seconds) {
    if (Double.isNaN(seconds)) {
      return Duration.ZERO;
    }
    return seconds >= LONGEST.toSeconds()
        ? LONGEST
        : bounded(Duration.ofNanos((long) Math.ceil(seconds * NANOS_PER_SECOND)));
  }

  private static Duration bounded(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST : longer(duration, Duration.ZERO);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Digits, maybe with a point between them; not a number where it is anything else. */
  private static double number(String text) {
    return isNumber(text) ? Double.parseDouble(text) : Double.NaN;
  }

  private static boolean isNumber(String text) {
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return points <= 1 && text.length() > points;
  }
}
