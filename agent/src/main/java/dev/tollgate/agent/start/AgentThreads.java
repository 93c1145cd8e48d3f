package dev.tollgate.agent.start;

import dev.tollgate.agent.reload.ConfigWatcher;
import dev.tollgate.agent.reload.SettingsSource;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.limiter.LimiterRegistry;
import java.io.File;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent's threads, each of which begins when the program has had time to start. One that
 * can't be started is told of, and harms nothing else.
 */
final class AgentThreads {
  private final TollgateSettings settings;
  private final LimiterRegistry registry;
  private final AgentReport report;
  private final Console console;
  private final Departure departure;

  /**
   * @param departure ends them
   */
  AgentThreads(
      TollgateSettings settings,
      LimiterRegistry registry,
      AgentReport report,
      Console console,
      Departure departure) {
    this.settings = settings;
    this.registry = registry;
    this.report = report;
    this.console = console;
    this.departure = departure;
  }

  void startLookingAgain(ClassesBeingLoaded beingLoaded) {
    try {
      start(beingLoaded, "tollgate-being-loaded");
    } catch (Throwable fault) {
      console.error(
          "classes that were being loaded when the agent came may be unlimited: "
              .concat(fault.toString()));
    }
  }

  void startHealth(AgentHealth health) {
    try {
      start(health, "tollgate-health-start");
    } catch (Throwable fault) {
      console.error("health isn't watched: ".concat(fault.toString()));
    }
  }

  /** Of the configuration file, where it is to be looked at. */
  void startWatcher(@Nullable String arguments) {
    if (settings.reload().isZero()) {
      return;
    }
    File file = settings.file();
    if (file == null) {
      notReloaded("reload is on, but there is no file to look at; name one with config=…");
      return;
    }
    try {
      SettingsSource source =
          new SettingsSource(
              arguments,
              System.getProperties(),
              System.getenv(),
              ClassLoader.getSystemClassLoader());
      start(
          new ConfigWatcher(file, settings, source, registry, report, console), "tollgate-reload");
    } catch (Throwable fault) {
      notReloaded("the file isn't looked at again: ".concat(fault.toString()));
    }
  }

  /** Where there are to be any. */
  void startBeans(AgentHealth health, Instrumentation instrumentation) {
    if (!settings.jmxEnabled()) {
      return;
    }
    try {
      if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
        console.error("no beans: this JVM has no module java.management (--add-modules adds it)");
        return;
      }
      start(
          new Beans(
              registry,
              report,
              health,
              departure,
              settings.jmxOperations(),
              PlatformServer.watch(instrumentation),
              console),
          "tollgate-beans");
    } catch (Throwable fault) {
      console.error("no beans: ".concat(fault.toString()));
    }
  }

  private void notReloaded(String why) {
    report.notReloaded(why);
    console.error(why);
  }

  private void start(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(AgentThreads.class.getClassLoader());
    thread.start();
    departure.ends(thread);
  }
}
