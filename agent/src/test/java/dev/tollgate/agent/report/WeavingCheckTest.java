package dev.tollgate.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.HealthResult;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeavingCheckTest {
  private final AgentReport report =
      new AgentReport("1", "defaults", new LimiterRegistry(Ticker.system()), true);
  private final WeavingCheck check = new WeavingCheck(report);

  @Test
  void isHealthyWhereNothingIsMissed() {
    WovenMethod woven = new WovenMethod("a.B", "c()", "app", "github_api", "");
    report.add(null, "a.B", new ClassReport(List.of(woven), List.of()));
    assertThat(check.check()).isEqualTo(HealthResult.healthy("methods woven: 1, missed: none"));
  }

  @Test
  void isDegradedWhereSomethingIsMissedAndSaysWhat() {
    MissedMethod first = new MissedMethod("a.B", "c()", "it has no body");
    report.add(null, "a.B", new ClassReport(List.of(), List.of(first)));
    assertThat(check.check())
        .isEqualTo(
            HealthResult.degraded("missed: 1, see the Agent bean; first: a.B.c(): it has no body"));
  }

  @Test
  void isDegradedWhereALimiterIsUnknown() {
    WovenMethod woven = new WovenMethod("a.B", "c()", "app", "nobody", "");
    report.add(null, "a.B", new ClassReport(List.of(woven), List.of()));
    assertThat(check.check().detail()).startsWith("missed: 1, ").contains("'nobody'");
  }
}
