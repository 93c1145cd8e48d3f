package dev.tollgate.agent.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FixedWindowTest {
  private final ManualTicker ticker = new ManualTicker();
  private final FixedWindow window = new FixedWindow(3, Duration.ofSeconds(10), ticker);

  @Test
  void answersTheQuotaAndRefusesTheRestOfTheWindow() {
    assertThat(window.call().remaining()).isEqualTo(2);
    assertThat(window.call().remaining()).isEqualTo(1);
    assertThat(window.call()).isEqualTo(new FixedWindow.Answer(true, 0, Duration.ofSeconds(10)));
    ticker.advance(Duration.ofSeconds(4));
    assertThat(window.call()).isEqualTo(new FixedWindow.Answer(false, 0, Duration.ofSeconds(6)));
  }

  @Test
  void aWindowBeginsWithItsFirstCall() {
    useUp();
    ticker.advance(Duration.ofSeconds(14));
    assertThat(window.call()).isEqualTo(new FixedWindow.Answer(true, 2, Duration.ofSeconds(10)));
  }

  @Test
  void theWindowEndsOnTheInstant() {
    useUp();
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(window.call().allowed()).isFalse();
    ticker.advance(Duration.ofNanos(1));
    assertThat(window.call().allowed()).isTrue();
  }

  @Test
  void theClockMayWrap() {
    ticker.set(Long.MAX_VALUE - 1);
    useUp();
    ticker.advance(Duration.ofSeconds(9));
    assertThat(window.call().allowed()).isFalse();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(window.call().allowed()).isTrue();
  }

  private void useUp() {
    for (int i = 0; i < 3; i++) {
      assertThat(window.call().allowed()).isTrue();
    }
  }
}
