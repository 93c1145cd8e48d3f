package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The bound's checker can fail. */
class GrantLogTest {
  private final RateLimitConfig threeAMillisecond = RateLimitConfig.of(3, Duration.ofMillis(1));

  @Test
  void acceptsWhatTheBoundAllowsToTheNanosecond() {
    GrantLog log = new GrantLog();
    log.add(BigInteger.ZERO, 3);
    log.add(BigInteger.valueOf(333_334), 1);
    assertThatCode(() -> log.checkEveryWindow(threeAMillisecond, "")).doesNotThrowAnyException();
  }

  @Test
  void refusesATokenThatComesOneNanosecondTooEarly() {
    GrantLog log = new GrantLog();
    log.add(BigInteger.ZERO, 3);
    log.add(BigInteger.valueOf(333_333), 1);
    assertThatThrownBy(() -> log.checkEveryWindow(threeAMillisecond, ""))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void seesAWindowInTheMiddle() {
    GrantLog log = new GrantLog();
    log.add(BigInteger.ZERO, 1);
    log.add(BigInteger.valueOf(10_000_000), 3);
    log.add(BigInteger.valueOf(10_000_001), 1);
    log.add(BigInteger.valueOf(90_000_000), 1);
    assertThatThrownBy(() -> log.checkEveryWindow(threeAMillisecond, ""))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("10000001");
  }
}
