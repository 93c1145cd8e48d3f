package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.Durations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactDurationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "1ns", "999ns", "1us", "1500us", "1ms", "250ms", "1s", "90s", "1m", "5h", "366d"
      })
  void isWhatConfigurationSays(String text) {
    assertThat(ExactDuration.print(Durations.parse(text))).isEqualTo(text);
  }
}
