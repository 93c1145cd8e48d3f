package dev.tollgate.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tollgate.agent.weave.FrozenTicker;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentReportTest {
  private final LimiterRegistry registry = new LimiterRegistry(new FrozenTicker());
  private final AgentReport report = new AgentReport("1.2.3", "a file", registry, true);
  private final ClassLoader loader = new ClassLoader() {};
  private final WovenMethod woven = new WovenMethod("a.B", "c()", "app", "github_api", "a note");
  private final MissedMethod missed = new MissedMethod("a.B", "d()", "why");

  @Test
  void isEmptyAtFirst() {
    assertThat(report.version()).isEqualTo("1.2.3");
    assertThat(report.configSource()).isEqualTo("a file");
    assertThat(report.woven()).isEmpty();
    assertThat(report.missed()).isEmpty();
    assertThat(report.weaveMillis()).isZero();
  }

  @Test
  void hasWhatBecameOfEachClassOfEachLoader() {
    ClassReport ofClass = new ClassReport(List.of(woven), List.of(missed));
    report.add(loader, "a.B", ofClass);
    report.add(null, "a.B", ofClass);
    report.add(loader, "a.C", ofClass);
    assertThat(report.woven()).containsExactly(woven, woven, woven);
    assertThat(report.missed()).containsExactly(missed, missed, missed);
  }

  /** Whether they are equal, and what their hash codes are, is for the program to say. */
  @Test
  void asksNoLoaderWhetherItIsEqualToAnother() {
    ClassReport ofClass = new ClassReport(List.of(woven), List.of(missed));
    ClassLoader first = new Alike();
    ClassLoader second = new Alike();
    report.add(first, "a.B", ofClass);
    report.add(second, "a.B", new ClassReport(List.of(), List.of()));
    assertThat(report.isWoven(first, "a.B")).isTrue();
    assertThat(report.isWoven(second, "a.B")).isFalse();
    assertThat(report.woven()).containsExactly(woven);
  }

  @Test
  void aClassThatIsWovenAgainReplacesWhatWasKnownOfIt() {
    report.add(loader, "a.B", new ClassReport(List.of(woven), List.of(missed)));
    report.add(loader, "a.B", new ClassReport(List.of(), List.of()));
    assertThat(report.woven()).isEmpty();
    assertThat(report.missed()).isEmpty();
  }

  @Test
  void whatBelongsToNoClassIsThereOnce() {
    report.add(missed);
    report.add(missed);
    report.add(new MissedMethod("a.B", "d()", "another reason"));
    assertThat(report.missed()).hasSize(2);
  }

  @Test
  void aMethodOfAnUnknownLimiterIsMissedWhileItIsUnknown() {
    WovenMethod ofLater = new WovenMethod("a.B", "c()", "app", "later", "");
    report.add(loader, "a.B", new ClassReport(List.of(woven, ofLater), List.of()));
    assertThat(report.missed())
        .containsExactly(
            new MissedMethod(
                "a.B", "c()", registry.unknown("later") + "; until it is defined each call fails"));
    registry.register("later", RateLimitConfig.of(1, Duration.ofSeconds(1)));
    assertThat(report.missed()).isEmpty();
    assertThat(report.woven()).containsExactly(woven, ofLater);
  }

  @Test
  void saysWhereCallsToAnUnknownLimiterPass() {
    AgentReport ignoring = new AgentReport("", "", registry, false);
    WovenMethod ofLater = new WovenMethod("a.B", "c()", "app", "later", "");
    ignoring.add(loader, "a.B", new ClassReport(List.of(ofLater), List.of()));
    assertThat(ignoring.missed())
        .singleElement()
        .satisfies(m -> assertThat(m.why()).endsWith("until it is defined calls pass unlimited"));
  }

  @Test
  void addsTimesUp() {
    report.addWeaveNanos(1_500_000);
    report.addWeaveNanos(250_000);
    assertThat(report.weaveMillis()).isCloseTo(1.75, within(1e-9));
  }

  @Test
  void holdsAClassesReportNoLongerThanItsLoaderLives() {
    report.add(loader, "a.B", new ClassReport(List.of(woven), List.of()));
    report.add(new ClassLoader() {}, "a.Gone", new ClassReport(List.of(woven), List.of(missed)));
    long begin = System.nanoTime();
    while (!report.missed().isEmpty()) {
      assertThat(System.nanoTime() - begin).as("patience").isLessThan(20_000_000_000L);
      System.gc();
    }
    assertThat(report.woven()).containsExactly(woven);
    assertThat(loader).isNotNull();
  }

  /** All are equal. */
  private static final class Alike extends ClassLoader {
    @Override
    public int hashCode() {
      throw new IllegalStateException("asked");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Alike;
    }
  }
}
