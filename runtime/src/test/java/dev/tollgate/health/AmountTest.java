package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1049, 1.0 kB",
    "1050, 1.1 kB",
    "99949, 99.9 kB",
    "100499, 100 kB",
    "4200000000, 4.2 GB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesAreInPowersOfAThousandWithThreeDigitsOrSo(long bytes, String text) {
    assertThat(Amount.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 %", "0.125, 12.5 %", "0.9996, 100.0 %", "1, 100.0 %", "0.04449, 4.4 %"})
  void sharesArePercentages(double share, String text) {
    assertThat(Amount.percent(share)).isEqualTo(text);
  }

  @Test
  void sharesReadAsTheJdkWritesThem() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      double share = random.nextDouble();
      assertThat(Amount.percent(share))
          .isEqualTo(String.format(Locale.ROOT, "%.1f %%", share * 100));
    }
  }
}
