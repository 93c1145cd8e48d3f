package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.CopyListener;
import dev.tollgate.jmx.MissedMethod;

/**
 * Has the dispatcher installed before a copy of the runtime, in any loader of the program's, can
 * look for it. The class that looks comes by the weaver before it runs.
 */
final class CopyWatch implements CopyListener {
  /** Of {@link dev.tollgate.limiter.Door}, which isn't loaded for that. */
  private static final String LOOKS = ".Door";

  private final AgentReport report;
  private final Console console;

  CopyWatch(AgentReport report, Console console) {
    this.report = report;
    this.console = console;
  }

  /**
   * Looks for one that another agent has loaded from the bootstrap class path, whose classes don't
   * come by the weaver any more. Known by its simple name: a copy may have been moved to another
   * package, and whatever else is called so brings the dispatcher early, and no more.
   */
  void look(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      if (type.getClassLoader() == null
          && !type.getModule().isNamed()
          && type.getName().endsWith(LOOKS)) {
        found();
        return;
      }
    }
  }

  @Override
  public void found() {
    try {
      Dispatcher.need();
    } catch (Throwable e) {
      String why =
          "the program's own copy of the runtime has limiters of its own: ".concat(e.toString());
      report.add(new MissedMethod("", "", why));
      console.error(why);
    }
  }
}
