package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.UnknownLimiterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimiterRegistryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeTicker ticker = new FakeTicker();
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final RateLimitConfig billing = RateLimitConfig.of(500, SECOND).withBurst(50);

  @Test
  void hasThePresetsWithoutBeingTold() {
    assertThat(registry.names())
        .containsExactly(
            "filesystem", "github_api", "mcp_tools", "skill_operations", "web_research");
    assertThat(registry.get("github_api").config()).isEqualTo(Presets.byName().get("github_api"));
    assertThat(registry.get("github_api").availablePermits()).isEqualTo(100);
  }

  @Test
  void givesTheSameLimiterEachTime() {
    RateLimiter registered = registry.register("billing", billing);
    assertThat(registry.get("billing")).isSameAs(registered);
    assertThat(registry.find("billing")).isSameAs(registered);
    assertThat(registry.register("billing", billing)).isSameAs(registered);
    assertThat(registry.register("billing", RateLimitConfig.of(500, SECOND).withBurst(50)))
        .isSameAs(registered);
    assertThat(registered.name()).isEqualTo("billing");
    registered.tryAcquire(3);
    assertThat(registry.findCore("billing").available()).isEqualTo(547);
  }

  @Test
  void refusesAnotherDefinitionAndSaysBoth() {
    RateLimiter registered = registry.register("billing", billing);
    assertThatThrownBy(() -> registry.register("billing", RateLimitConfig.of(7, MINUTE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'billing'")
        .hasMessageContaining("500 for each PT1S, capacity 550")
        .hasMessageContaining("7 for each PT1M, capacity 7");
    assertThat(registry.get("billing")).isSameAs(registered);
    assertThat(registered.config()).isEqualTo(billing);
  }

  @Test
  void eachValueMakesADefinitionAnother() {
    registry.register("billing", billing);
    for (RateLimitConfig other :
        List.of(
            billing.withBurst(51),
            billing.withCapacity(549),
            billing.withTimeout(SECOND),
            billing.withMode(LimiterMode.OBSERVE),
            billing.withMaxWaiting(5))) {
      assertThatThrownBy(() -> registry.register("billing", other))
          .as("%s", other)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesImpossibleNames() {
    assertThatThrownBy(() -> registry.register("no name", billing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'no name'");
    assertThatThrownBy(() -> new LimiterRegistry(ticker, Map.of("1st", RateLimitOverrides.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1st'");
  }

  @Test
  void anUnknownNameIsAnErrorThatListsThoseThatExist() {
    registry.register("billing", billing);
    assertThat(registry.find("nobody")).isNull();
    assertThat(registry.findCore("nobody")).isNull();
    assertThatThrownBy(() -> registry.get("nobody"))
        .isInstanceOf(UnknownLimiterException.class)
        .hasMessage(
            "unknown limiter 'nobody'; defined are billing, filesystem, github_api, mcp_tools,"
                + " skill_operations, web_research");
    assertThatThrownBy(() -> registry.mode("nobody", LimiterMode.OFF))
        .isInstanceOf(UnknownLimiterException.class);
  }

  @Test
  void theProgramMayDefineAPresetAnewWhileNobodyUsedIt() {
    RateLimiter preset = registry.get("github_api");
    preset.availablePermits();
    RateLimiter redefined = registry.register("github_api", billing);
    assertThat(redefined).isSameAs(preset);
    assertThat(preset.config()).isEqualTo(billing);
    assertThat(preset.availablePermits()).isEqualTo(550);
    assertThatThrownBy(() -> registry.register("github_api", RateLimitConfig.of(1, SECOND)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(registry.register("github_api", billing)).isSameAs(preset);
  }

  @Test
  void aPresetInUseStaysAsItIs() {
    RateLimiter preset = registry.get("github_api");
    preset.tryAcquire();
    assertThatThrownBy(() -> registry.register("github_api", billing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'github_api'")
        .hasMessageContaining("in use");
    assertThat(preset.config()).isEqualTo(Presets.byName().get("github_api"));
    assertThat(registry.register("github_api", Presets.byName().get("github_api")))
        .isSameAs(preset);
  }

  @Test
  void configurationIsLaidOverAPreset() {
    LimiterRegistry configured = with("github_api", overrides(null, null, 5L));
    assertThat(configured.get("github_api").config())
        .isEqualTo(RateLimitConfig.of(80, MINUTE).withBurst(5));
    assertThat(configured.get("github_api").availablePermits()).isEqualTo(85);
    assertThat(configured.get("mcp_tools").config()).isEqualTo(Presets.byName().get("mcp_tools"));
  }

  @Test
  void configurationIsLaidOverWhatTheProgramDefines() {
    LimiterRegistry configured = with("billing", overrides(null, null, 5L));
    assertThat(configured.find("billing")).isNull();
    RateLimiter limiter = configured.register("billing", billing);
    assertThat(limiter.config()).isEqualTo(billing.withBurst(5));
    assertThat(configured.register("billing", billing)).isSameAs(limiter);
    assertThatThrownBy(() -> configured.register("billing", billing.withBurst(5)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void configurationThatGivesPermitsAndPeriodDefinesALimiterWhateverTheProgramSays() {
    LimiterRegistry configured = with("billing", overrides(3L, MINUTE, null));
    RateLimiter limiter = configured.get("billing");
    assertThat(limiter.config()).isEqualTo(RateLimitConfig.of(3, MINUTE));
    limiter.tryAcquire();
    assertThat(configured.register("billing", billing)).isSameAs(limiter);
    assertThat(configured.register("billing", billing.withBurst(1))).isSameAs(limiter);
    assertThat(limiter.config()).isEqualTo(RateLimitConfig.of(3, MINUTE));
    assertThat(limiter.availablePermits()).isEqualTo(2);
  }

  @Test
  void configurationStaysOverAPresetThatTheProgramDefinesAnew() {
    RateLimitOverrides quick =
        new RateLimitOverrides(null, null, null, null, Duration.ZERO, null, null, null, null);
    LimiterRegistry configured = with("github_api", quick);
    configured.register("github_api", billing);
    assertThat(configured.get("github_api").config()).isEqualTo(billing.withTimeout(Duration.ZERO));
  }

  @Test
  void configurationThatDefinesTooLittleIsNamedWhereTheLimiterIsUnknown() {
    LimiterRegistry configured = with("billing", overrides(3L, null, null));
    assertThatThrownBy(() -> configured.get("billing"))
        .isInstanceOf(UnknownLimiterException.class)
        .hasMessageContaining("unknown limiter 'billing'")
        .hasMessageContaining("configuration gives 'billing' no permits and period of its own");
    assertThat(configured.unknown("nobody")).doesNotContain("configuration");
    assertThat(configured.register("billing", billing).config().permits()).isEqualTo(3);
  }

  @Test
  void configurationThatDoesNotGoWithWhatItIsLaidOverIsAnError() {
    RateLimitOverrides tooShort = overrides(null, Duration.ofNanos(10), null);
    assertThatThrownBy(() -> with("github_api", tooShort))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("permits is 80");
    LimiterRegistry configured = with("billing", tooShort);
    assertThatThrownBy(() -> configured.register("billing", billing))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(configured.find("billing")).isNull();
  }

  @Test
  void aListenerHearsOfEachLimiterThereIsAndEachThatComes() {
    List<String> heard = new ArrayList<>();
    registry.onDefined(limiter -> heard.add(limiter.name()));
    assertThat(heard).containsExactlyInAnyOrderElementsOf(registry.names());
    heard.clear();
    registry.register("billing", billing);
    registry.register("billing", billing);
    assertThat(heard).containsExactly("billing");
  }

  @Test
  void whoIsForgottenHearsNoMore() {
    List<String> heard = new ArrayList<>();
    Consumer<RateLimiter> listener = limiter -> heard.add(limiter.name());
    registry.onDefined(listener);
    registry.forget(listener);
    registry.register("billing", billing);
    assertThat(heard).hasSize(5).doesNotContain("billing");
  }

  @Test
  void countsForEachLimiterInOrderAndWithoutAWayToChangeThem() {
    registry.get("mcp_tools").tryAcquire();
    registry.register("aaa", billing);
    Map<String, RateLimiterStats> stats = registry.stats();
    assertThat(stats.keySet())
        .containsExactly(
            "aaa", "filesystem", "github_api", "mcp_tools", "skill_operations", "web_research");
    assertThat(stats.get("mcp_tools").admittedRequests()).isOne();
    assertThatThrownBy(stats::clear).isInstanceOf(UnsupportedOperationException.class);
    registry.get("mcp_tools").tryAcquire();
    assertThat(stats.get("mcp_tools").admittedRequests()).isOne();
  }

  @Test
  void theNamesAreACopy() {
    registry.names().clear();
    assertThat(registry.names()).hasSize(5);
  }

  @Test
  void aLimiterCanBePutIntoAnotherModeByName() {
    RateLimiter limiter = registry.get("github_api");
    registry.mode("github_api", LimiterMode.OBSERVE);
    for (int i = 0; i < 101; i++) {
      assertThat(limiter.tryAcquire()).isTrue();
    }
    assertThat(limiter.stats().rejectedRequests()).isOne();
    registry.mode("github_api", LimiterMode.ENFORCE);
    assertThat(limiter.tryAcquire()).isFalse();
  }

  @Test
  void manyThreadsThatRegisterAtOnceGetTheSameLimiter() throws Exception {
    for (int i = 0; i < 50; i++) {
      String name = "limiter" + i;
      CyclicBarrier start = new CyclicBarrier(4);
      List<BackgroundCall<RateLimiter>> calls = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        calls.add(
            BackgroundCall.start(
                () -> {
                  start.await();
                  return registry.register(name, billing);
                }));
      }
      RateLimiter limiter = calls.get(0).result();
      for (BackgroundCall<RateLimiter> call : calls) {
        assertThat(call.result()).isSameAs(limiter);
      }
    }
  }

  private LimiterRegistry with(String name, RateLimitOverrides overrides) {
    return new LimiterRegistry(ticker, Map.of(name, overrides));
  }

  private static RateLimitOverrides overrides(Long permits, Duration period, Long burst) {
    return new RateLimitOverrides(permits, period, burst, null, null, null, null, null, null);
  }
}
