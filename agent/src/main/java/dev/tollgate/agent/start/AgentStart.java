package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.reload.ConfigWatcher;
import dev.tollgate.agent.reload.SettingsSource;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.Rules;
import dev.tollgate.agent.weave.WeavingTransformer;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.OnMissed;
import dev.tollgate.config.OnUnknownLimiter;
import dev.tollgate.config.SettingsLoader;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.health.HealthDoor;
import dev.tollgate.health.HealthView;
import dev.tollgate.jmx.BeanPublisher;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.Door;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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
  private final @Nullable String arguments;
  private final String version;
  private final TollgateSettings settings;
  private final Console console;

  private AgentStart(
      Instrumentation instrumentation,
      @Nullable String arguments,
      String version,
      TollgateSettings settings) {
    this.instrumentation = instrumentation;
    this.arguments = arguments;
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
    String version = String.valueOf(given[1]);
    AttachReply reply = AttachReply.of(instrumentation, given[0]);
    try {
      String refusal = start(reply.arguments(), instrumentation, version, false);
      if (refusal == null) {
        reply.active(version);
      } else {
        reply.refused(refusal);
      }
    } catch (ConfigurationException e) {
      refuse(e);
      reply.refused(String.valueOf(e.getMessage()));
    } catch (Throwable fault) {
      reply.refused(fault.toString());
      throw fault;
    }
  }

  /**
   * From {@code agentmain}, where the agent isn't wanted in this JVM.
   *
   * @param given the agent's arguments, or null, and why
   */
  public static void notHere(@Nullable String[] given, Instrumentation instrumentation) {
    AttachReply.of(instrumentation, given[0]).refused(String.valueOf(given[1]));
  }

  private static void refuse(ConfigurationException e) {
    new Console(false).error(String.valueOf(e.getMessage()));
  }

  /** Answers with null once it is active; otherwise why it isn't. */
  private static @Nullable String start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      String version,
      boolean beforeProgram)
      throws IOException, ReflectiveOperationException {
    TollgateSettings settings =
        SettingsLoader.load(
            arguments, System.getProperties(), System.getenv(), ClassLoader.getSystemClassLoader());
    if (!settings.enabled()) {
      return "enabled is false: the agent does nothing";
    }
    if (Dispatcher.isActive()) {
      String refusal = "an agent is active in this JVM already; this one isn't";
      new Console(settings.quiet()).error(refusal);
      return refusal;
    }
    new AgentStart(instrumentation, arguments, version, settings).run(beforeProgram);
    return null;
  }

  private void run(boolean beforeProgram) throws IOException, ReflectiveOperationException {
    Remains remains = Dispatcher.remains();
    LimiterRegistry registry =
        remains == null
            ? new LimiterRegistry(Ticker.system(), settings.limiters())
            : remains.limiters();
    boolean failsUnknown = settings.onUnknownLimiter() == OnUnknownLimiter.FAIL;
    AgentReport report = new AgentReport(version, settings.source(), registry, failsUnknown);
    boolean failsOnMissed = beforeProgram && settings.onMissed() == OnMissed.FAIL;
    Rules rules = Rules.of(settings.rules());
    report.watch(
        new Supplier<>() {
          @Override
          public List<MissedMethod> get() {
            return rules.unmatched();
          }
        });
    if (remains != null) {
      reconfigure(registry, report);
    }

    BooleanSupplier mayUseLogging = new LogManagerGuard(instrumentation);
    AgentHealth health;
    if (remains == null) {
      health = new AgentHealth(settings, registry, report, console, mayUseLogging);
    } else {
      health = remains.health();
      health.join(settings, report, console);
    }
    Map<String, Object> door = door(registry, health);
    Dispatcher.install(instrumentation, new Linker(registry, failsUnknown, report, console), door);
    if (!beforeProgram) {
      ProgramLimiters.follow(instrumentation, door, report, console);
    }
    WeavingTransformer transformer =
        new WeavingTransformer(
            rules,
            registry,
            report,
            console,
            failsOnMissed,
            new LateClasses(instrumentation, report, console));
    Departure departure =
        new Departure(
            instrumentation, transformer, report, console, door, new Remains(registry, health));
    instrumentation.addTransformer(transformer, true);
    // From here on calls are limited, so no fault may say that none is.
    try {
      LoadedClasses.retransform(rules, instrumentation, report, console);
    } catch (Throwable fault) {
      String why = "classes that were loaded before the agent may be unlimited: ";
      report.add(new MissedMethod("", "", why.concat(fault.toString())));
      console.error(why.concat(fault.toString()));
    }
    startHealth(health, departure);
    if (!settings.reload().isZero()) {
      startWatcher(registry, report, departure);
    }
    if (settings.jmxEnabled()) {
      try {
        startBeans(registry, report, health, mayUseLogging, departure);
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

  /** Limiters that an agent before this one has left, as this one's configuration wants them. */
  private void reconfigure(LimiterRegistry registry, AgentReport report) {
    try {
      registry.reload(settings.limiters());
    } catch (IllegalArgumentException e) {
      String why = "limiters stay as the agent before this one left them: " + e.getMessage();
      report.add(new MissedMethod("", "", why));
      console.error(why);
    }
  }

  /** For copies of the runtime in other class loaders. */
  private static Map<String, Object> door(LimiterRegistry registry, AgentHealth health) {
    Map<String, Object> door = new HashMap<>(Door.to(registry));
    door.put(HealthDoor.NAME, health);
    return Collections.unmodifiableMap(door);
  }

  private void startHealth(AgentHealth health, Departure departure) {
    try {
      departure.ends(startThread(health, "tollgate-health-start"));
    } catch (Throwable fault) {
      console.error("health isn't watched: ".concat(fault.toString()));
    }
  }

  private void startWatcher(LimiterRegistry registry, AgentReport report, Departure departure) {
    File file = settings.file();
    if (file == null) {
      console.error("reload is on, but there is no file to look at; name one with config=…");
      return;
    }
    try {
      SettingsSource source =
          new SettingsSource(
              arguments,
              System.getProperties(),
              System.getenv(),
              ClassLoader.getSystemClassLoader());
      departure.ends(
          startThread(
              new ConfigWatcher(file, settings, source, registry, report, console),
              "tollgate-reload"));
    } catch (Throwable fault) {
      console.error("the file isn't looked at again: ".concat(fault.toString()));
    }
  }

  private void startBeans(
      LimiterRegistry registry,
      AgentReport report,
      AgentHealth health,
      BooleanSupplier mayUseLogging,
      Departure departure) {
    if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
      console.error("no beans: this JVM has no module java.management (--add-modules adds it)");
      return;
    }
    Consumer<String> faults =
        new Consumer<>() {
          @Override
          public void accept(String fault) {
            report.add(new MissedMethod("", "", fault));
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
            departure,
            settings.jmxOperations(),
            mayUseLogging,
            faults);
    departure.ends(startThread(publisher, "tollgate-beans"));
  }

  private static Thread startThread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(AgentStart.class.getClassLoader());
    thread.start();
    return thread;
  }
}
