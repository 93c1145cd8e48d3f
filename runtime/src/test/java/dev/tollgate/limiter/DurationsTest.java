package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "ns, 1",
    "nano, 1",
    "nanos, 1",
    "nanosecond, 1",
    "nanoseconds, 1",
    "us, 1000",
    "micro, 1000",
    "micros, 1000",
    "microsecond, 1000",
    "microseconds, 1000",
    "ms, 1000000",
    "milli, 1000000",
    "millis, 1000000",
    "millisecond, 1000000",
    "milliseconds, 1000000",
    "s, 1000000000",
    "second, 1000000000",
    "seconds, 1000000000",
    "m, 60000000000",
    "minute, 60000000000",
    "minutes, 60000000000",
    "h, 3600000000000",
    "hour, 3600000000000",
    "hours, 3600000000000",
    "d, 86400000000000",
    "day, 86400000000000",
    "days, 86400000000000"
  })
  void readsEachUnit(String unit, long nanos) {
    assertThat(Durations.parse("1" + unit)).isEqualTo(Duration.ofNanos(nanos));
    assertThat(Durations.parse("  7 " + unit + " ")).isEqualTo(Duration.ofNanos(7 * nanos));
    assertThat(Durations.parse("0" + unit)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, 250000000",
    "1.5s, 1500000000",
    "0.5 ms, 500000",
    "0.5us, 500",
    "0.000000001s, 1",
    "1.000000001s, 1000000001",
    "0.1d, 8640000000000",
    "007s, 7000000000",
    "1.50000000000000000000s, 1500000000",
    "9223372036854775807ns, 9223372036854775807"
  })
  void readsFractionsExactly(String text, long nanos) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", " 0 ", "0.0", "00"})
  void zeroNeedsNoUnit(String text) {
    assertThat(Durations.parse(text)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "1.5", " 30 ", "9223372036854775807"})
  void aNumberWithoutAUnitIsAnErrorThatSaysWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' has no unit; write a number with a unit: 250ms, 30s, 1m, 2h, 1d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "s", "soon", ".", ".5s", "5.s", "1.2.3s", "1-2s", "+3s", "ms250", "PT3S"})
  void whatIsNoNumberIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a duration; write ")
        .hasMessageContaining("30s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30x", "1 fortnight", "1w", "1e3s", "3sec", "1 s s", "1m30s", "1,5s"})
  void anUnknownUnitIsNamed(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a unit of time; write ")
        .hasMessageContaining("30s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1s", "-5", "-0.5ms", "-9223372036854775809ns"})
  void aNegativeDurationIsAnError(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is negative; write 0 or ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.5ns", "0.0000000001s", "9223372036854775808ns", "106752d", "1000000h1"})
  void whatNanosecondsCannotHoldIsAnError(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhatBigDecimalReads() {
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      BigDecimal number =
          new BigDecimal(new BigInteger(random.nextInt(60), random), random.nextInt(9));
      BigDecimal nanos = number.multiply(BigDecimal.valueOf(1_000_000_000)).stripTrailingZeros();
      String text = number.toPlainString() + "s";
      if (nanos.scale() <= 0 && nanos.toBigInteger().bitLength() < 64) {
        assertThat(Durations.parse(text).toNanos()).as(text).isEqualTo(nanos.longValueExact());
      } else {
        assertThatThrownBy(() -> Durations.parse(text))
            .as(text)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void theUnitsDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr"));
      assertThat(Durations.parse("1 MINUTE")).isEqualTo(Duration.ofMinutes(1));
      assertThat(Durations.parse("1 MILLIS")).isEqualTo(Duration.ofMillis(1));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ns",
    "1, 1ns",
    "999, 999ns",
    "1000, 1us",
    "1500, 1.5us",
    "750000000, 750ms",
    "333333334, 333.4ms",
    "1000000000, 1s",
    "1000000001, 1.1s",
    "60000000000, 60s",
    "90000000000, 90s",
    "120000000000, 2m",
    "7190000000000, 119.9m",
    "7199000000000, 2h",
    "7200000000000, 2h",
    "31622400000000000, 8784h"
  })
  void printsShort(long nanos, String text) {
    assertThat(Durations.print(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @Test
  void printsForEver() {
    assertThat(Durations.print(ChronoUnit.FOREVER.getDuration())).isEqualTo("for ever");
  }

  @Test
  void neverPrintsAShorterTimeThanItIsNorOneThatItCannotReadAgain() {
    Numbers numbers = new Numbers(5);
    for (int i = 0; i < 20_000; i++) {
      Duration duration = Duration.ofNanos(numbers.between(0, Long.MAX_VALUE / 2));
      Duration read = Durations.parse(Durations.print(duration));
      assertThat(read).isGreaterThanOrEqualTo(duration);
      assertThat(read.toNanos() - duration.toNanos()).isLessThanOrEqualTo(duration.toNanos() / 10);
    }
  }

  @Test
  void printsTheNextUnitWhereRoundingUpReachesIt() {
    assertThat(Durations.print(Duration.ofNanos(999_900))).isEqualTo("999.9us");
    assertThat(Durations.print(Duration.ofNanos(999_901))).isEqualTo("1ms");
    assertThat(Durations.print(Duration.ofNanos(999_900_001))).isEqualTo("1s");
    assertThat(Durations.print(Duration.ofNanos(119_900_000_001L))).isEqualTo("2m");
    assertThat(Durations.print(Duration.ofNanos(7_199_999_999_999L))).isEqualTo("2h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "1ns", "999ns", "1us", "1500us", "1ms", "250ms", "1s", "90s", "1m", "5h", "366d"
      })
  void printsExactlyWhatConfigurationSays(String text) {
    assertThat(Durations.printExactly(Durations.parse(text))).isEqualTo(text);
  }
}
