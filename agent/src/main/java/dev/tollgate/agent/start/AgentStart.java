package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.WeavingTransformer;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.OnMissed;
import dev.tollgate.config.OnUnknownLimiter;
import dev.tollgate.config.Rule;
import dev.tollgate.config.SettingsLoader;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.health.HealthDoor;
import dev.tollgate.health.HealthView;
import dev.tollgate.jmx.BeanPublisher;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.Door;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Called by the launcher, in the agent's own class loader. What runs here runs before the program,
 * which pays for it: no lambda, no string concatenation by invokedynamic, no JMX, and nothing that
 * the first woven class or the first bean can bring up later.
 */
public final class AgentStart {
  private final Instrumentation instrumentation;
  private final String version;
  private final TollgateSettings settings;
  private final Console console;

  private AgentStart(Instrumentation instrumentation, String version, TollgateSettings settings) {
    this.instrumentation = instrumentation;
    this.version = version;
    this.settings = settings;
    this.console = new Console(settings.quiet());
  }

  /**
   * From {@code premain}. A configuration that can't be honoured ends the JVM with status 1.
   *
   * @param given the agent's arguments, or null, and its version
   */
  public static void atLaunch(@Nullable String[] given, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    try {
      start(given[0], instrumentation, String.valueOf(given[1]), true);
    } catch (ConfigurationException e) {
      refuse(e);
      System.exit(1);
    }
  }

  /**
   * From {@code agentmain}. A configuration that can't be honoured leaves the JVM as it was.
   *
   * @param given the agent's arguments, or null, and its version
   */
  public static void whileRunning(@Nullable String[] given, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    try {
      start(given[0], instrumentation, String.valueOf(given[1]), false);
    } catch (ConfigurationException e) {
      refuse(e);
    }
  }

  private static void refuse(ConfigurationException e) {
    new Console(false).error(String.valueOf(e.getMessage()));
  }

  private static void start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      String version,
      boolean beforeProgram)
      throws IOException, ReflectiveOperationException {
    TollgateSettings settings =
        SettingsLoader.load(
            arguments, System.getProperties(), System.getenv(), ClassLoader.getSystemClassLoader());
    if (!settings.enabled()) {
      return;
    }
    if (Dispatcher.isInstalled()) {
      new Console(settings.quiet()).error("an agent is active in this JVM already; this one isn't");
      return;
    }
    new AgentStart(instrumentation, version, settings).run(beforeProgram);
  }

  private void run(boolean beforeProgram) throws IOException, ReflectiveOperationException {
    LimiterRegistry registry = new LimiterRegistry(Ticker.system(), settings.limiters());
    boolean failsUnknown = settings.onUnknownLimiter() == OnUnknownLimiter.FAIL;
    AgentReport report = new AgentReport(version, settings.source(), registry, failsUnknown);
    boolean failsOnMissed = beforeProgram && settings.onMissed() == OnMissed.FAIL;
    reportRules(report, failsOnMissed);

    BooleanSupplier mayUseLogging = new LogManagerGuard(instrumentation);
    AgentHealth health = new AgentHealth(settings, registry, report, console, mayUseLogging);
    Dispatcher.install(
        instrumentation,
        new Linker(registry, failsUnknown, report, console),
        door(registry, health));
    WeavingTransformer transformer =
        new WeavingTransformer(registry, report, console, failsOnMissed);
    instrumentation.addTransformer(transformer, true);
    // From here on calls are limited, so no fault may say that none is.
    try {
      LoadedClasses.retransform(instrumentation, report, console);
    } catch (Throwable fault) {
      String why = "classes that were loaded before the agent may be unlimited: ";
      report.add(new MissedMethod("", "", why.concat(fault.toString())));
      console.error(why.concat(fault.toString()));
    }
    startHealth(health);
    if (settings.jmxEnabled()) {
      try {
        startBeans(registry, report, health, mayUseLogging);
      } catch (Throwable fault) {
        console.error("no beans: ".concat(fault.toString()));
      }
    }
    console.info(
        version
            + ", "
            + registry.names().size()
            + " limiters, configuration: "
            + settings.source());
  }

  private void reportRules(AgentReport report, boolean failsOnMissed) {
    for (Rule rule : settings.rules()) {
      String why =
          rule.origin()
              + ": rules aren't supported in this version; annotate the method with @RateLimited(\""
              + rule.limiter()
              + "\")";
      report.add(new MissedMethod("", rule.method(), why));
      console.error("missed " + rule.method() + ": " + why);
    }
    if (failsOnMissed && !settings.rules().isEmpty()) {
      console.error("on-missed is fail: the JVM ends here");
      System.exit(1);
    }
  }

  /** For copies of the runtime in other class loaders. */
  private static Map<String, Object> door(LimiterRegistry registry, AgentHealth health) {
    Map<String, Object> door = new HashMap<>(Door.to(registry));
    door.put(HealthDoor.NAME, health);
    return Collections.unmodifiableMap(door);
  }

  private void startHealth(AgentHealth health) {
    try {
      startThread(health, "tollgate-health-start");
    } catch (Throwable fault) {
      console.error("health isn't watched: ".concat(fault.toString()));
    }
  }

  private void startBeans(
      LimiterRegistry registry,
      AgentReport report,
      AgentHealth health,
      BooleanSupplier mayUseLogging) {
    if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
      console.error("no beans: this JVM has no module java.management (--add-modules adds it)");
      return;
    }
    Consumer<String> faults =
        new Consumer<>() {
          @Override
          public void accept(String fault) {
            console.error(fault);
          }
        };
    BeanPublisher publisher =
        new BeanPublisher(
            registry,
            report,
            new Supplier<@Nullable HealthView>() {
              @Override
              public @Nullable HealthView get() {
                return health.registry();
              }
            },
            settings.jmxOperations(),
            mayUseLogging,
            faults);
    startThread(publisher, "tollgate-beans");
  }

  private static void startThread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(AgentStart.class.getClassLoader());
    thread.start();
  }
}
