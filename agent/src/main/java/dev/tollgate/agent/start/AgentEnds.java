package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.health.HealthDoor;
import dev.tollgate.limiter.Door;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the dispatcher leads to: this agent's linker, for woven calls, and its door, for copies. */
final class AgentEnds implements Dispatcher.Ends {
  private final Instrumentation instrumentation;
  private final Remains shared;
  private final boolean failsUnknown;
  private final AgentReport report;
  private final Console console;

  /** Guarded by this. */
  private @Nullable Map<String, Object> door;

  /**
   * @param shared what calls and copies ask
   * @param failsUnknown whether a call to a limiter that nobody defined fails; otherwise it passes
   */
  AgentEnds(
      Instrumentation instrumentation,
      Remains shared,
      boolean failsUnknown,
      AgentReport report,
      Console console) {
    this.instrumentation = instrumentation;
    this.shared = shared;
    this.failsUnknown = failsUnknown;
    this.report = report;
    this.console = console;
  }

  @Override
  public Instrumentation instrumentation() {
    return instrumentation;
  }

  @Override
  public Function<Object[], CallSite> linker() {
    return new Linker(shared.limiters(), failsUnknown, report, console);
  }

  @Override
  public synchronized Map<String, Object> door() {
    Map<String, Object> made = door;
    if (made == null) {
      Map<String, Object> ends = new HashMap<>(Door.to(shared.limiters()));
      ends.put(HealthDoor.NAME, shared.health());
      made = Collections.unmodifiableMap(ends);
      door = made;
    }
    return made;
  }
}
