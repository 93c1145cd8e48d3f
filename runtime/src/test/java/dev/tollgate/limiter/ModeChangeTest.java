package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who turns a limiter off wants calls to go through, those as well that wait already. */
@Timeout(60)
class ModeChangeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 60 * SECOND;

  private final FakeTicker ticker = new FakeTicker();
  private final RateLimitConfig config = RateLimitConfig.of(2, Duration.ofSeconds(2));
  private final LocalCore core = new LocalCore("changed", config, ticker);
  private final LocalCore other = new LocalCore("other", config, ticker);
  private final TokenSource[] both = {core, other};
  private final long[] oneEach = {1, 1};
  private final long[] longEach = {LONG, LONG};

  @ParameterizedTest
  @EnumSource(value = LimiterMode.class, names = "ENFORCE", mode = EnumSource.Mode.EXCLUDE)
  void whoWaitsGoesAtOnce(LimiterMode mode) {
    core.take(2, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> core.take(1, LONG));
    ticker.awaitParked(1);
    CompletableFuture<Long> later = core.takeLater(1, LONG);
    core.mode(mode);
    assertThat(call.result()).isZero();
    assertThat(join(later)).isZero();
    assertThat(core.stats().admittedRequests()).isEqualTo(3);
    assertThat(core.stats().waiting()).isZero();
  }

  @Test
  void soDoesWhoWaitsForAKey() {
    core.ofKey("a").take(2, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> core.ofKey("a").take(1, LONG));
    ticker.awaitParked(1);
    core.mode(LimiterMode.OFF);
    assertThat(call.result()).isZero();
    core.mode(LimiterMode.ENFORCE);
    assertThat(core.ofKey("a").takeIfThere(1)).isNegative();
  }

  @Test
  void soDoesWhoWaitsForWhatKeysShare() {
    LocalCore few = new LocalCore("few", config.withMaxKeys(1), ticker);
    few.ofKey("own").take(1, 0);
    few.ofKey("a").take(2, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> few.ofKey("b").take(1, LONG));
    ticker.awaitParked(1);
    few.mode(LimiterMode.OFF);
    assertThat(call.result()).isZero();
  }

  @Test
  void aKeyOfALimiterThatBeganOffIsLimitedOnceThatIsEnforced() {
    LocalCore off = new LocalCore("off", config.withMode(LimiterMode.OFF), ticker);
    assertThat(off.ofKey("a").take(9, 0)).isZero();
    off.mode(LimiterMode.ENFORCE);
    assertThat(off.ofKey("a").take(2, 0)).isZero();
    assertThat(off.ofKey("a").take(1, 0)).isNegative();
    assertThat(off.take(2, 0)).isZero();
    assertThat(off.take(1, 0)).isNegative();
  }

  /** It has seen that the limiter is enforced, and is the first that names a key. */
  @Test
  void whoComesLateWithTheFirstKeyDoesNotWait() {
    KeyedBuckets buckets = new KeyedBuckets(config.withMode(LimiterMode.OFF), 1, ticker);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a", 2, LONG)).isZero();
      assertThat(buckets.take("shared", 2, LONG)).isZero();
    }
  }

  @Test
  void aReloadThatTurnsItOffDoesTheSame() {
    core.take(2, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> core.take(1, LONG));
    ticker.awaitParked(1);
    core.reconfigure(config.withMode(LimiterMode.OFF));
    assertThat(call.result()).isZero();
  }

  @Test
  void whoWaitsForSeveralWaitsForTheOthersOnly() {
    core.take(2, 0);
    BackgroundCall<Long> call =
        BackgroundCall.start(() -> AllOrNothing.take(both, oneEach, longEach).outcome());
    ticker.awaitParked(1);
    core.mode(LimiterMode.OFF);
    assertThat(call.result()).isZero();
    assertThat(other.available()).isOne();
    core.mode(LimiterMode.ENFORCE);
    assertThat(core.takeIfThere(1)).isNegative();

    ticker.advance(SECOND);
    other.take(2, 0);
    BackgroundCall<Long> second =
        BackgroundCall.start(() -> AllOrNothing.take(both, new long[] {2, 1}, longEach).outcome());
    ticker.awaitParked(1);
    core.mode(LimiterMode.OFF);
    ticker.awaitParked(1);
    assertThat(second.isDone()).as("there is none of the other").isFalse();
    ticker.advance(SECOND);
    assertThat(second.result()).isEqualTo(SECOND);
    assertThat(core.available()).as("it took nothing there").isEqualTo(2);
  }

  @Test
  void whatAFutureOfSeveralTookIsGivenBackAndNoMore() throws InterruptedException {
    core.take(2, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, oneEach, longEach);
    core.mode(LimiterMode.OFF);
    assertThat(join(later)).isZero();
    assertThat(other.available()).isOne();
    AllOrNothing.giveBack(later);
    assertThat(other.available()).isEqualTo(2);
    core.mode(LimiterMode.ENFORCE);
    assertThat(core.takeIfThere(1)).isNegative();
  }

  @Test
  void whereTheLimiterWasHandedOverItsHeirChanges() {
    LocalCore heir = new LocalCore("heir", config, ticker);
    core.handOver(
        values -> {
          heir.takeOver(values);
          return heir;
        });
    core.mode(LimiterMode.OFF);
    assertThat(heir.config().mode()).isEqualTo(LimiterMode.OFF);
    core.mode(LimiterMode.ENFORCE);
    heir.take(2, 0);
    assertThat(core.take(1, 0)).isNegative();
  }

  private static long join(CompletableFuture<Long> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
