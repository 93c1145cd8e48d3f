package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several limits on one call, of which some or all only observe. */
class JointObservationTest {
  private static final int CALLS = 60;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3);

  @ParameterizedTest
  @EnumSource(names = {"ENFORCE", "OBSERVE"})
  void observedLimitsCountWhatEnforcedOnesCount(LimiterMode mode) {
    LocalCore burst = core("burst", 10, Duration.ofHours(1), mode);
    LocalCore sustained = core("sustained", 30, Duration.ofDays(1), mode);
    call(CALLS, 0, burst, sustained);
    assertCounts(burst, 10, 50);
    assertCounts(sustained, 10, 0);
  }

  @Test
  void keysAreObservedTogetherWithTheirLimiter() {
    LocalCore burst = core("burst", 10, Duration.ofHours(1), LimiterMode.OBSERVE);
    LocalCore sustained = core("sustained", 30, Duration.ofDays(1), LimiterMode.OBSERVE);
    call(CALLS, 0, sustained, burst.ofKey("a"));
    call(CALLS, 0, sustained, burst.ofKey("b"));
    assertCounts(burst, 20, 100);
    assertCounts(sustained, 20, 0);
  }

  /** What is enforced decides first; of the calls that it admits, the others count theirs. */
  @Test
  void observedLimitsCountTheCallsThatEnforcedOnesAdmit() {
    LocalCore enforced = core("enforced", 40, Duration.ofDays(1), LimiterMode.ENFORCE);
    LocalCore burst = core("burst", 10, Duration.ofHours(1), LimiterMode.OBSERVE);
    LocalCore sustained = core("sustained", 30, Duration.ofDays(1), LimiterMode.OBSERVE);
    call(CALLS, 0, burst, enforced, sustained);
    assertCounts(enforced, 40, 20);
    assertCounts(burst, 10, 30);
    assertCounts(sustained, 10, 0);
  }

  @Test
  void ofSeveralThatWouldRefuseTheOneWithTheLongestWaitCounts() {
    LocalCore hour = core("hour", 1, Duration.ofHours(1), LimiterMode.OBSERVE);
    LocalCore day = core("day", 1, Duration.ofDays(1), LimiterMode.OBSERVE);
    call(3, 0, hour, day);
    assertCounts(hour, 1, 0);
    assertCounts(day, 1, 2);
  }

  @Test
  void theSameLimiterTwiceIsObservedAsTheSum() {
    LocalCore observed = core("observed", 5, Duration.ofHours(1), LimiterMode.OBSERVE);
    LocalCore other = core("other", 5, Duration.ofHours(1), LimiterMode.OBSERVE);
    call(3, 0, observed, other, observed);
    assertThat(observed.available()).isOne();
    assertThat(other.available()).isEqualTo(3);
    // An admitted call counts for each of its limits, as if it were enforced.
    assertCounts(observed, 4, 1);
    assertCounts(other, 2, 0);
  }

  /** Each call would wait a second longer than the one before. */
  @ParameterizedTest
  @CsvSource({"0, 1", "3, 4", "9, 10"})
  void aCallThatWouldHaveWaitedInTimeIsAdmitted(long longestSeconds, long admitted) {
    LocalCore fast = core("fast", 100, Duration.ofSeconds(1), LimiterMode.OBSERVE);
    LocalCore second = core("second", 1, Duration.ofSeconds(1), LimiterMode.OBSERVE);
    call(20, Duration.ofSeconds(longestSeconds).toNanos(), fast, second);
    assertCounts(second, admitted, 20 - admitted);
    assertCounts(fast, admitted, 0);
    Duration longest = Duration.ofSeconds(longestSeconds);
    assertThat(second.stats().maxWait()).isEqualTo(longest);
    assertThat(fast.stats().maxWait()).as("the call waits for all").isEqualTo(longest);
  }

  /** The wait for what is enforced is a part of the wait that the call may have. */
  @Test
  void whatTheCallHasWaitedForOthersCounts() {
    LocalCore enforced = core("enforced", 1, Duration.ofSeconds(4), LimiterMode.ENFORCE);
    LocalCore observed = core("observed", 1, Duration.ofSeconds(8), LimiterMode.OBSERVE);
    long longest = Duration.ofSeconds(7).toNanos();
    call(1, longest, enforced, observed);
    BackgroundCall<Integer> second =
        BackgroundCall.start(() -> call(1, longest, enforced, observed));
    ticker.awaitParked(1);
    ticker.advance(Duration.ofSeconds(4).toNanos());
    assertThat(second.result()).isOne();
    // It would have gone after 8 s, and might have waited for 7 s.
    assertCounts(observed, 1, 1);
  }

  @Test
  void aLookThatFindsNothingEnforcedThereIsNotCounted() {
    LocalCore enforced = core("enforced", 1, Duration.ofHours(1), LimiterMode.ENFORCE);
    LocalCore observed = core("observed", 1, Duration.ofHours(1), LimiterMode.OBSERVE);
    LocalCore off = core("off", 1, Duration.ofHours(1), LimiterMode.OFF);
    TokenSource[] all = {off, observed, enforced};
    assertThat(AllOrNothing.takeIfThere(all, new long[] {1, 1, 1}).isGranted()).isTrue();
    assertThat(AllOrNothing.takeIfThere(all, new long[] {1, 1, 1}).isGranted()).isFalse();
    assertCounts(observed, 1, 0);
    assertCounts(off, 0, 0);
  }

  private static int call(int times, long longest, TokenSource... sources) {
    long[] weights = new long[sources.length];
    long[] longestWaits = new long[sources.length];
    Arrays.fill(weights, 1);
    Arrays.fill(longestWaits, longest);
    int admitted = 0;
    for (int i = 0; i < times; i++) {
      admitted += AllOrNothing.take(sources, weights, longestWaits).isGranted() ? 1 : 0;
    }
    return admitted;
  }

  private static void assertCounts(LocalCore core, long admitted, long rejected) {
    assertThat(core.stats().admittedRequests())
        .as("admitted by " + core.name())
        .isEqualTo(admitted);
    assertThat(core.stats().rejectedRequests())
        .as("rejected by " + core.name())
        .isEqualTo(rejected);
  }

  private LocalCore core(String name, long permits, Duration period, LimiterMode mode) {
    return new LocalCore(name, RateLimitConfig.of(permits, period).withMode(mode), ticker);
  }
}
