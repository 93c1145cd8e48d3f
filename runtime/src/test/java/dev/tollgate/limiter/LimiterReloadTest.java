package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimiterReloadTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RateLimitConfig PRESET = Presets.byName().get("github_api");

  private final FakeTicker ticker = new FakeTicker();
  private final RateLimitConfig billing = RateLimitConfig.of(500, SECOND).withBurst(50);

  @Test
  void changesWhatTheConfigurationSaysOfAPreset() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    RateLimiter github = registry.get("github_api");
    RateLimitConfig changed = RateLimitConfig.of(40, MINUTE).withBurst(20);

    assertThat(registry.reload(Map.of("github_api", permits(40L))))
        .containsExactly(new LimiterChange("github_api", PRESET, changed));

    assertThat(registry.get("github_api")).isSameAs(github);
    assertThat(github.config()).isEqualTo(changed);
    assertThat(github.availablePermits()).isEqualTo(60);
  }

  @Test
  void touchesOnlyWhatChanged() {
    LimiterRegistry registry = with(Map.of("a", rate(60, MINUTE), "b", rate(60, MINUTE)));
    registry.get("a").reconfigure(RateLimitConfig.of(6, MINUTE));
    registry.get("b").tryAcquire(30);

    List<LimiterChange> changes =
        registry.reload(Map.of("a", rate(60, MINUTE), "b", rate(30, MINUTE)));

    assertThat(changes).extracting(LimiterChange::name).containsExactly("b");
    assertThat(registry.get("a").config().permits())
        .as("changed by hand, and not in the file")
        .isEqualTo(6);
    assertThat(registry.get("b").availablePermits()).as("its share").isEqualTo(15);
  }

  @Test
  void takesBackWhatWasChangedByHandWhereTheFileChanges() {
    LimiterRegistry registry = with(Map.of("a", rate(60, MINUTE)));
    registry.get("a").reconfigure(RateLimitConfig.of(6, MINUTE).withTimeout(SECOND));

    registry.reload(Map.of("a", rate(50, MINUTE)));

    assertThat(registry.get("a").config()).isEqualTo(RateLimitConfig.of(50, MINUTE));
  }

  @Test
  void whatIsSaidInOtherWordsIsNoChange() {
    LimiterRegistry registry = new LimiterRegistry(ticker);

    assertThat(registry.reload(Map.of("github_api", permits(80L)))).isEmpty();
    assertThat(registry.reload(Map.of("github_api", permits(80L)))).isEmpty();
    assertThat(registry.reload(Map.of())).isEmpty();
  }

  @Test
  void withoutOverridesAPresetIsAsItWas() {
    LimiterRegistry registry = with(Map.of("github_api", rate(1, SECOND)));

    registry.reload(Map.of());

    assertThat(registry.get("github_api").config()).isEqualTo(PRESET);
  }

  @Test
  void withoutOverridesALimiterIsWhatTheProgramSaid() {
    LimiterRegistry registry = with(Map.of("billing", rate(3, MINUTE)));
    RateLimiter limiter = registry.register("billing", billing);
    assertThat(limiter.config()).isEqualTo(RateLimitConfig.of(3, MINUTE));

    registry.reload(Map.of());

    assertThat(limiter.config()).isEqualTo(billing);
    assertThat(registry.register("billing", billing)).isSameAs(limiter);
    assertThatThrownBy(() -> registry.register("billing", billing.withBurst(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ofWhatTheProgramSaysWhileConfigurationWinsTheFirstCounts() {
    LimiterRegistry registry = with(Map.of("billing", rate(3, MINUTE)));
    registry.register("billing", billing);
    registry.register("billing", billing.withBurst(1));

    registry.reload(Map.of());

    assertThat(registry.get("billing").config()).isEqualTo(billing);
  }

  @Test
  void whatNothingDefinesAnyLongerStaysAsItWasAndIsToldOnce() {
    RateLimitConfig configured = RateLimitConfig.of(3, MINUTE);
    LimiterRegistry registry = with(Map.of("billing", rate(3, MINUTE)));

    assertThat(registry.reload(Map.of()))
        .containsExactly(new LimiterChange("billing", configured, null));
    assertThat(registry.reload(Map.of())).isEmpty();

    RateLimiter limiter = registry.get("billing");
    assertThat(limiter.config()).isEqualTo(configured);
    limiter.tryAcquire();
    assertThat(registry.register("billing", billing)).isSameAs(limiter);
    assertThat(limiter.config()).as("now the program defines it").isEqualTo(billing);
  }

  @Test
  void definesLimitersThatAreNewAndTellsListeners() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    List<String> heard = new ArrayList<>();
    registry.onDefined(limiter -> heard.add(limiter.name()));
    heard.clear();

    assertThat(registry.reload(Map.of("billing", rate(3, MINUTE), "github_api", permits(1L))))
        .contains(new LimiterChange("billing", null, RateLimitConfig.of(3, MINUTE)));

    assertThat(heard).containsExactly("billing");
    assertThat(registry.get("billing").availablePermits()).isEqualTo(3);
    assertThat(registry.register("billing", billing).config().permits()).isEqualTo(3);
  }

  @Test
  void aDefinitionThatComesLaterSeesTheNewOverrides() {
    LimiterRegistry registry = with(Map.of("billing", permits(7L)));

    assertThat(registry.reload(Map.of("billing", permits(9L)))).isEmpty();

    assertThat(registry.register("billing", billing).config().permits()).isEqualTo(9);
    assertThat(registry.unknown("other")).doesNotContain("configuration");
  }

  @Test
  void comesToWhatARestartWouldComeTo() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    registry.register("billing", billing);

    registry.reload(Map.of("billing", rate(3, MINUTE)));

    assertThat(registry.get("billing").config())
        .isEqualTo(with(Map.of("billing", rate(3, MINUTE))).get("billing").config());
  }

  @Test
  void whatDoesNotGoWithOneLimiterChangesNone() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    registry.register("billing", billing);
    RateLimitOverrides tooShort =
        new RateLimitOverrides(
            null, Duration.ofNanos(10), null, null, null, null, null, null, null);

    assertThatThrownBy(() -> registry.reload(Map.of("a", rate(1, SECOND), "billing", tooShort)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("limiter 'billing': permits is 500; it must be");

    assertThat(registry.find("a")).isNull();
    assertThat(registry.get("billing").config()).isEqualTo(billing);
    assertThat(registry.reload(Map.of("a", rate(1, SECOND)))).as("tried again").hasSize(1);
  }

  @Test
  void whatTheBucketsOfKeysCanNotHoldChangesNone() {
    LimiterRegistry registry = with(Map.of("a", rate(60, MINUTE), "b", rate(60, MINUTE)));
    registry.findCore("b").ofKey("key").takeIfThere(1);
    Map<String, RateLimitOverrides> fresh =
        Map.of("a", rate(1, MINUTE), "b", rate(1, RateLimitConfig.MAX_PERIOD, 1_000_000));

    assertThatThrownBy(() -> registry.reload(fresh))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("limiter 'b': capacity is 1000001, which takes more than 73 years");

    assertThat(registry.get("a").config().permits()).isEqualTo(60);
  }

  @Test
  void refusesImpossibleNames() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    assertThatThrownBy(() -> registry.reload(Map.of("1st", rate(1, SECOND))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1st'");
  }

  @Test
  void whoWaitsIsPromisedAnEarlierMoment() throws Exception {
    LimiterRegistry registry = with(Map.of("a", rate(1, Duration.ofHours(1))));
    RateLimiter limiter = registry.get("a");
    limiter.acquire();
    BackgroundCall<Boolean> call =
        BackgroundCall.start(() -> limiter.tryAcquire(1, Duration.ofHours(2)));
    ticker.awaitParked(1);

    registry.reload(Map.of("a", rate(1, SECOND)));
    // It wakes up to its new moment, and sleeps until then.
    ticker.awaitParked(1);
    ticker.advance(SECOND.toNanos());

    assertThat(call.result()).isTrue();
  }

  @Test
  void whatTheProgramChangedByHandIsStillItsDefinition() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    RateLimiter limiter = registry.register("billing", billing);
    limiter.reconfigure(billing.withBurst(1));
    registry.mode("billing", LimiterMode.OBSERVE);

    assertThat(registry.register("billing", billing)).isSameAs(limiter);
    assertThat(limiter.config()).isEqualTo(billing.withBurst(1).withMode(LimiterMode.OBSERVE));
  }

  private LimiterRegistry with(Map<String, RateLimitOverrides> overrides) {
    return new LimiterRegistry(ticker, overrides);
  }

  private static RateLimitOverrides permits(Long permits) {
    return new RateLimitOverrides(permits, null, null, null, null, null, null, null, null);
  }

  private static RateLimitOverrides rate(long permits, Duration period) {
    return new RateLimitOverrides(permits, period, null, null, null, null, null, null, null);
  }

  private static RateLimitOverrides rate(long permits, Duration period, long burst) {
    return new RateLimitOverrides(permits, period, burst, null, null, null, null, null, null);
  }
}
