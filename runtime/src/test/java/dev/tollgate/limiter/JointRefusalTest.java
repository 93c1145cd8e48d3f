package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several limits refuses a call, after how long it may come again, where it counts. */
@Timeout(60)
class JointRefusalTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long[] ONE_EACH = {1, 1};
  private static final long[] NO_WAIT = {0, 0};
  private static final long[] LONG = {Long.MAX_VALUE, Long.MAX_VALUE};

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3);
  private final LocalCore hour = core("hour", RateLimitConfig.of(1, HOUR));
  private final LocalCore day = core("day", RateLimitConfig.of(1, DAY));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLongestWaitRefusesWhereverItStands(boolean isLast) {
    exhaust();
    JointOutcome outcome = AllOrNothing.take(dayLast(isLast), ONE_EACH, NO_WAIT);
    assertThat(outcome).isEqualTo(refusedByDay(isLast));
    assertThat(AllOrNothing.takeIfThere(dayLast(isLast), ONE_EACH)).isEqualTo(outcome);
    assertRejected(0, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFutureIsRefusedByTheSame(boolean isLast) {
    exhaust();
    assertThat(later(dayLast(isLast), NO_WAIT)).isEqualTo(refusedByDay(isLast));
    assertRejected(0, 1);
  }

  @Test
  void neverIsLongerThanAnyWait() {
    exhaust();
    JointOutcome outcome = AllOrNothing.take(dayLast(false), new long[] {1, 2}, NO_WAIT);
    assertThat(outcome).isEqualTo(new JointOutcome(Outcome.NEVER, 1, 2));
    assertThat(later(new TokenSource[] {hour, day}, new long[] {2, 1}, LONG))
        .isEqualTo(new JointOutcome(Outcome.NEVER, 0, 2));
    assertRejected(2, 0);
  }

  @Test
  void ofALimiterThatComesTwiceTheSumIsTooMuch() {
    TokenSource[] twice = {day, hour, hour};
    assertThat(AllOrNothing.take(twice, new long[] {1, 1, 1}, new long[3]))
        .isEqualTo(new JointOutcome(Outcome.NEVER, 1, 2));
  }

  @Test
  void keysAreRefusedLikeLimiters() {
    exhaust();
    hour.ofKey("k").take(1, 0);
    TokenSource[] sources = {hour.ofKey("k"), day};
    assertThat(AllOrNothing.take(sources, ONE_EACH, NO_WAIT)).isEqualTo(refusedByDay(true));
    assertRejected(0, 1);
    day.ofKey("k").take(1, 0);
    sources[1] = day.ofKey("k");
    assertThat(AllOrNothing.take(sources, ONE_EACH, NO_WAIT)).isEqualTo(refusedByDay(true));
    assertRejected(0, 2);
  }

  @Test
  void aFullLineRefusesForAsLongAsTheSlowestLimitDoes() {
    hour.reconfigure(hour.config().withMaxWaiting(1));
    exhaust();
    CompletableFuture<Long> waiting = hour.takeLater(1, Long.MAX_VALUE);
    assertThat(AllOrNothing.take(dayLast(true), ONE_EACH, LONG)).isEqualTo(refusedByDay(true));
    assertThat(later(dayLast(true), LONG)).isEqualTo(refusedByDay(true));
    assertRejected(0, 2);
    waiting.cancel(false);
  }

  @Test
  void anInterruptedCallIsCountedWhereItWouldHaveWaitedLongest() {
    exhaust();
    Thread.currentThread().interrupt();
    JointOutcome outcome = AllOrNothing.take(dayLast(true), ONE_EACH, LONG);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(new JointOutcome(Outcome.interrupted(DAY.toNanos()), 1, 1));
    assertRejected(0, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallWhoseWaitTurnsOutHopelessIsRefusedByTheLimitThatMadeItSo(boolean isLast) {
    hour.take(1, 0);
    long[] twoHours = {HOUR.toNanos() * 2, HOUR.toNanos() * 2};
    BackgroundCall<JointOutcome> call =
        BackgroundCall.start(() -> AllOrNothing.take(dayLast(isLast), ONE_EACH, twoHours));
    ticker.awaitParked(1);
    CompletableFuture<Long> later = AllOrNothing.takeLater(dayLast(isLast), ONE_EACH, twoHours);
    day.pauseFor(Duration.ofHours(4).toNanos());
    long wait = Duration.ofHours(4).plus(DAY).toNanos();
    JointOutcome refused = new JointOutcome(Outcome.refused(wait), isLast ? 1 : 0, 1);
    assertThat(call.result()).isEqualTo(refused);
    later.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(AllOrNothing.outcome(later, 1)).isEqualTo(refused);
    assertRejected(0, 2);
  }

  @Test
  void ofEqualWaitsTheFirstRefuses() {
    LocalCore other = core("other", RateLimitConfig.of(1, HOUR));
    hour.take(1, 0);
    other.take(1, 0);
    JointOutcome outcome = AllOrNothing.take(new TokenSource[] {other, hour}, ONE_EACH, NO_WAIT);
    assertThat(outcome).isEqualTo(new JointOutcome(Outcome.refused(HOUR.toNanos()), 0, 1));
    assertThat(other.stats().rejectedRequests()).isOne();
  }

  @Test
  void aLimitThatHoldsUpNobodyRefusesNothing() {
    exhaust();
    day.mode(LimiterMode.OBSERVE);
    JointOutcome refused = new JointOutcome(Outcome.refused(HOUR.toNanos()), 1, 1);
    assertThat(AllOrNothing.take(dayLast(false), ONE_EACH, NO_WAIT)).isEqualTo(refused);
    day.mode(LimiterMode.OFF);
    assertThat(AllOrNothing.take(dayLast(false), ONE_EACH, NO_WAIT)).isEqualTo(refused);
    day.mode(LimiterMode.ENFORCE);
    assertThat(AllOrNothing.take(dayLast(false), new long[] {0, 1}, NO_WAIT)).isEqualTo(refused);
    assertRejected(3, 0);
  }

  private void exhaust() {
    hour.take(1, 0);
    day.take(1, 0);
  }

  private TokenSource[] dayLast(boolean isLast) {
    return isLast ? new TokenSource[] {hour, day} : new TokenSource[] {day, hour};
  }

  private static JointOutcome refusedByDay(boolean isLast) {
    return new JointOutcome(Outcome.refused(DAY.toNanos()), isLast ? 1 : 0, 1);
  }

  private static JointOutcome later(TokenSource[] sources, long[] longest) {
    return later(sources, ONE_EACH, longest);
  }

  private static JointOutcome later(TokenSource[] sources, long[] weights, long[] longest) {
    CompletableFuture<Long> taken = AllOrNothing.takeLater(sources, weights, longest);
    taken.orTimeout(20, TimeUnit.SECONDS).join();
    return AllOrNothing.outcome(taken, weights[0]);
  }

  private void assertRejected(long byHour, long byDay) {
    assertThat(hour.stats().rejectedRequests()).as("by hour").isEqualTo(byHour);
    assertThat(day.stats().rejectedRequests()).as("by day").isEqualTo(byDay);
  }

  private LocalCore core(String name, RateLimitConfig config) {
    return new LocalCore(name, config, ticker);
  }
}
