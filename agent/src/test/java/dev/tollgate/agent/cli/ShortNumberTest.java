package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNumberTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, -1",
    "99999, 99999",
    "100000, 100k",
    "999999, 999k",
    "1000000, 1.00M",
    "1059999, 1.05M",
    "45678901, 45.6M",
    "9223372036854775807, 9.22E"
  })
  void isExactWhileItIsShort(long number, String text) {
    assertThat(ShortNumber.of(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "0.04, 0.0",
    "0.05, 0.1",
    "999.94, 999.9",
    "999.96, 1000",
    "123456.7, 123k"
  })
  void aRateHasADecimalWhileItIsSmall(double number, String text) {
    assertThat(ShortNumber.of(number)).isEqualTo(text);
  }
}
