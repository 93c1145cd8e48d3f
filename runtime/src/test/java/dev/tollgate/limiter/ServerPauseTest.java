package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerPauseTest {
  /** A Sunday. */
  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

  private static final long EPOCH_SECOND = NOW.getEpochSecond();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Retry-After.
        "Retry-After: 30 | 30s",
        "retry-after: 30 | 30s",
        "RETRY-AFTER:   30 | 30s",
        "Retry-After: 1.5 | 1500ms",
        "Retry-After: 0 | 0",
        "Retry-After: 86400 | 1d",
        "Retry-After: 86401 | 1d",
        "Retry-After: 999999999 | 1d",
        "Retry-After: 99999999999999999999999999 | 1d",
        "Retry-After: EPOCH+90 | 90s",
        "Retry-After: EPOCH+90.5 | 91s",
        "Retry-After: EPOCH+-1 | 0",
        "Retry-After: EPOCH+100000 | 1d",
        "Retry-After: MILLIS+1500 | 1500ms",
        "Retry-After: Sun, 01 Nov 2026 08:00:30 GMT | 30s",
        "Retry-After: Sun, 1 Nov 2026 08:00:30 GMT | 30s",
        "Retry-After: Sunday, 01-Nov-26 08:00:30 GMT | 30s",
        "Retry-After: Sun Nov  1 08:00:30 2026 | 30s",
        "Retry-After: Sun, 01 Nov 2026 07:59:59 GMT | 0",
        "Retry-After: Sunday, 06-Nov-94 08:49:37 GMT | 0",
        "Retry-After: Wed, 31 Dec 9999 23:59:59 GMT | 1d",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT | 1d",
        // The longest of several counts.
        "Retry-After: 30; Retry-After: 60 | 60s",
        "Retry-After: 30; Retry-After: soon | 30s",
        // Nothing remains.
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+90 | 90s",
        "x-ratelimit-remaining: -3; x-ratelimit-reset: 60 | 60s",
        "x-ratelimit-remaining: 0; x-ratelimit-reset: EPOCH+90 | 90s",
        "RateLimit-Remaining: 0; RateLimit-Reset: 90 | 90s",
        "X-Rate-Limit-Remaining: 0; X-Rate-Limit-Reset: EPOCH+90 | 90s",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: 90 | 90s",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: 999999999 | 1d",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1000000000 | 0",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+90.5 | 91s",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+-1 | 0",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+100000 | 1d",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: MILLIS+1500 | 1500ms",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1793520000000000 | 0",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset-After: 1.25 | 1250ms",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+60; Retry-After: 5 | 60s",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+5; Retry-After: 60 | 60s",
        "X-RateLimit-Remaining: 7; X-RateLimit-Remaining: 0; X-RateLimit-Reset: 9 | 9s",
        // Something remains, or nobody knows.
        "X-RateLimit-Remaining: 1; X-RateLimit-Reset: EPOCH+90 | 0",
        "X-RateLimit-Remaining: 1; X-RateLimit-Reset: EPOCH+90; Retry-After: 5 | 5s",
        "X-RateLimit-Reset: EPOCH+90 | 0",
        "X-RateLimit-Remaining: 0 | 0",
        "X-RateLimit-Remaining: 0; RateLimit-Reset: 90 | 0",
        // Not what they should be.
        "Retry-After: -30 | 0",
        "Retry-After: +30 | 0",
        "Retry-After: 1e3 | 0",
        "Retry-After: 30s | 0",
        "Retry-After: 1.2.3 | 0",
        "Retry-After: . | 0",
        "Retry-After: | 0",
        "Retry-After: soon | 0",
        "Retry-After: , | 0",
        "Retry-After: Sun, 01 Nov 2026 | 0",
        "Retry-After: Sun, 99 Nov 2026 08:00:30 GMT | 0",
        "Retry-After: Sun, 31 Feb 2027 08:00:30 GMT | 0",
        "Retry-After: Sun, 01 Nov 2026 08:00:30 XYZ | 0",
        "Retry-After: Nov 2026 08:00:30 | 0",
        "Retry-After: Sun, 01 Nov 2026 25:00:30 GMT | 0",
        "Retry-After: Sun, 01 Nov 2026 08:00:30:30 GMT | 0",
        "Retry-After: 01 Nov Dec 2026 08:00:30 GMT | 0",
        "Retry-After: 01 02 Nov 2026 08:00:30 GMT | 0",
        "Retry-After: 2026-11-01 | 0",
        // Not quite as they should be, but plain enough.
        "Retry-After: Mon, 01 Nov 2026 08:00:30 GMT | 30s",
        "Retry-After: Sun, 01 Nov 2026 08:00:30 UTC | 30s",
        "Retry-After: Sun, 01 Nov 2026 08:00:30 UT | 30s",
        "Retry-After: Sun, 01 Nov 2026 08:00:30 Z | 30s",
        "Retry-After: sun, 01 nov 2026 08:00:30 gmt | 30s",
        "Retry-After: SUN, 01 NOV 2026 08:00:30 GMT | 30s",
        "Retry-After: Sun, 01 Nov 2026 08:00:30 | 30s",
        "Retry-After: 01 Nov 2026 08:00:30 GMT | 30s",
        "Retry-After: 1 November 2026 8:00:30 GMT | 30s",
        "Retry-After: Sun, 01-Nov-2026 08:00:30 GMT | 30s",
        "Retry-After: Sun 01 Nov 2026 08:00:30 GMT | 30s",
        "Retry-After: Sun,01 Nov 2026  08:00:30 GMT | 30s",
        "Retry-After: Sun, 01 Nov 26 08:00:30 GMT | 30s",
        "Retry-After: Sun, 01 Nov 2026 09:00:30 +0100 | 30s",
        "Retry-After: Sun, 01 Nov 2026 03:00:30 -0500 | 30s",
        "Retry-After: Sun, 01 Nov 2026 09:00:30 GMT+01:00 | 30s",
        "Retry-After: Sun Nov 1 08:00:30 2026 | 30s",
        "Retry-After: Sun Nov 1 08:00:30 UTC 2026 | 30s",
        "Retry-After: Sun, 01 Nov 2026 08:01 GMT | 60s",
        "Retry-After: Sun, 01 Nov 2026 08:00:60 GMT | 60s",
        "Retry-After: 2026-11-01T08:00:30Z | 30s",
        "Retry-After: 2026-11-01T09:00:30.5+01:00 | 30500ms",
        "X-RateLimit-Remaining: none; X-RateLimit-Reset: 90 | 0",
        "X-RateLimit-Remaining: ; X-RateLimit-Reset: 90 | 0",
        "X-RateLimit-Remaining: 0; X-RateLimit-Reset: later | 0",
        "Date: yesterday; Retry-After: Sun, 01 Nov 2026 08:00:30 GMT | 30s",
        "Content-Length: 30 | 0",
        // By the server's own clock, an hour behind ours.
        "Date: Sun, 01 Nov 2026 07:00:00 GMT; Retry-After: Sun, 01 Nov 2026 07:00:30 GMT | 30s",
        "Date: Sun, 01 Nov 2026 07:59:00 GMT; X-RateLimit-Remaining: 0; X-RateLimit-Reset: EPOCH+90"
            + " | 150s",
        "Date: Sun, 01 Nov 2026 07:00:00 GMT; Retry-After: 30 | 30s"
      })
  void isWhatTheHeadersSay(String headers, String pause) {
    assertThat(pauseOf(headers)).isEqualTo(Durations.parse(pause));
  }

  @Test
  void headersMayHaveNoNameAndNoValue() {
    Map<String, Collection<String>> headers = new HashMap<>();
    headers.put(null, List.of("HTTP/1.1 429 Too Many Requests"));
    headers.put("Date", null);
    headers.put("X-RateLimit-Remaining", Collections.emptySet());
    headers.put("Retry-After", Arrays.asList(null, "30"));

    assertThat(ServerPause.of(new ResponseHeaders(headers), () -> NOW))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aYearOfTwoDigitsIsAtMostHalfACenturyAhead() {
    assertThat(HttpDate.parse("Sunday, 01-Nov-76 08:00:30 GMT", NOW))
        .isEqualTo(Instant.parse("2076-11-01T08:00:30Z"));
    assertThat(HttpDate.parse("Tuesday, 01-Nov-77 08:00:30 GMT", NOW))
        .isEqualTo(Instant.parse("1977-11-01T08:00:30Z"));
  }

  private static Duration pauseOf(String text) {
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    for (String header : text.split("; ", -1)) {
      String[] parts = header.split(":", 2);
      // Each in a map entry of its own where it is written in another case.
      headers.merge(
          parts[0],
          List.of(value(parts[1])),
          (a, b) -> List.of(a.iterator().next(), b.iterator().next()));
    }
    return ServerPause.of(new ResponseHeaders(headers), () -> NOW);
  }

  private static String value(String written) {
    String text = written;
    if (text.strip().startsWith("EPOCH+")) {
      String offset = text.strip().substring(6);
      int point = offset.indexOf('.');
      long whole = Long.parseLong(point < 0 ? offset : offset.substring(0, point));
      text = EPOCH_SECOND + whole + (point < 0 ? "" : offset.substring(point));
    } else if (text.strip().startsWith("MILLIS+")) {
      text = Long.toString(NOW.toEpochMilli() + Long.parseLong(text.strip().substring(7)));
    }
    return text;
  }
}
