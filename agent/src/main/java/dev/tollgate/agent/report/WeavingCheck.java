package dev.tollgate.agent.report;

import dev.tollgate.health.HealthCheck;
import dev.tollgate.health.HealthResult;
import dev.tollgate.jmx.MissedMethod;
import java.util.List;

/** Whether everything is limited that should be. */
public final class WeavingCheck implements HealthCheck {
  private final AgentReport agent;

  /** Asks {@code agent} at each run. */
  public WeavingCheck(AgentReport agent) {
    this.agent = agent;
  }

  @Override
  public HealthResult check() {
    List<MissedMethod> missed = agent.faults();
    if (missed.isEmpty()) {
      return HealthResult.healthy("methods woven: " + agent.woven().size() + ", missed: none");
    }
    MissedMethod first = missed.get(0);
    String name = first.className() + (first.method().isEmpty() ? "" : "." + first.method());
    return HealthResult.degraded(
        "missed: " + missed.size() + ", see the Agent bean; first: " + name + ": " + first.why());
  }
}
