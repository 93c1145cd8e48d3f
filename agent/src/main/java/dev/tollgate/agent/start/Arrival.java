package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.Rules;
import dev.tollgate.agent.weave.WeavingTransformer;
import dev.tollgate.config.OnMissed;
import dev.tollgate.config.OnUnknownLimiter;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings up all that limits calls: limiters, dispatcher, weaving, in this order; and the threads
 * last.
 */
final class Arrival {
  private final Instrumentation instrumentation;
  private final TollgateSettings settings;
  private final Rules rules;
  private final LimiterRegistry registry;
  private final AgentReport report;
  private final Console console;
  private final AgentHealth health;
  private final AgentEnds ends;

  /**
   * @param remains what an agent before has left
   */
  Arrival(
      Instrumentation instrumentation,
      TollgateSettings settings,
      String version,
      @Nullable Remains remains,
      Console console) {
    boolean failsUnknown = settings.onUnknownLimiter() == OnUnknownLimiter.FAIL;
    this.instrumentation = instrumentation;
    this.settings = settings;
    this.rules = Rules.of(settings.rules());
    this.registry =
        remains == null
            ? new LimiterRegistry(Ticker.system(), settings.limiters())
            : remains.limiters();
    this.report = new AgentReport(version, settings.source(), registry, failsUnknown);
    this.console = console;
    watchRules();
    if (remains == null) {
      health = new AgentHealth(settings, registry, report, console, mayUseLogging());
    } else {
      reconfigure();
      health = remains.health();
      health.join(settings, report, console);
    }
    this.ends =
        new AgentEnds(
            instrumentation, new Remains(registry, health), failsUnknown, report, console);
  }

  /**
   * Before anything of the program has run.
   *
   * @param arguments the agent's
   */
  void atLaunch(@Nullable String arguments) {
    CopyWatch copies = new CopyWatch(report, console);
    WeavingTransformer transformer = transformer(settings.onMissed() == OnMissed.FAIL, copies);
    Dispatcher.installWhenNeeded(ends);
    instrumentation.addTransformer(transformer, true);
    // From here on calls are limited, so no fault may say that none is.
    try {
      Class<?>[] loaded = instrumentation.getAllLoadedClasses();
      copies.look(loaded);
      LoadedClasses.retransform(
          LoadedClasses.changeable(loaded, rules, instrumentation),
          instrumentation,
          report,
          console);
    } catch (Throwable fault) {
      missed("classes that were loaded before the agent may be unlimited: " + fault);
    }
    startThreads(departure(transformer), null, arguments);
  }

  /**
   * In a program that runs. If it fails, what was done until then is undone.
   *
   * @param arguments the agent's
   * @return the names of loaded classes that the JVM doesn't let the agent limit
   */
  List<String> whileRunning(@Nullable String arguments)
      throws IOException, ReflectiveOperationException {
    CopyWatch copies = new CopyWatch(report, console);
    WeavingTransformer transformer = transformer(false, copies);
    Departure departure = departure(transformer);
    departure.prepare();
    ClassesBeingLoaded beingLoaded = null;
    List<String> unlimited;
    try {
      Dispatcher.install(instrumentation, ends.linker(), ends.door());
      ProgramLimiters.follow(instrumentation, ends.door(), report, console);
      instrumentation.addTransformer(transformer, true);
      AffectedClasses affected = new AffectedClasses(rules, transformer, instrumentation);
      beingLoaded = ClassesBeingLoaded.watch(rules, affected, instrumentation, report, console);
      Class<?>[] loaded = instrumentation.getAllLoadedClasses();
      beingLoaded.areNot(loaded);
      unlimited =
          LoadedClasses.retransform(
              affected.among(LoadedClasses.changeable(loaded, rules, instrumentation)),
              instrumentation,
              report,
              console);
    } catch (Throwable fault) {
      if (beingLoaded != null) {
        beingLoaded.end();
      }
      departure.undo(fault);
      throw fault;
    }
    startThreads(departure, beingLoaded, arguments);
    return unlimited;
  }

  private WeavingTransformer transformer(boolean failsOnMissed, CopyWatch copies) {
    return new WeavingTransformer(
        rules,
        registry,
        report,
        console,
        failsOnMissed,
        new LateClasses(instrumentation, report, console),
        copies);
  }

  private Departure departure(WeavingTransformer transformer) {
    return new Departure(
        instrumentation, transformer, report, console, ends, new Remains(registry, health));
  }

  private void startThreads(
      Departure departure, @Nullable ClassesBeingLoaded beingLoaded, @Nullable String arguments) {
    AgentThreads threads = new AgentThreads(settings, registry, report, console, departure);
    if (beingLoaded != null) {
      threads.startLookingAgain(beingLoaded);
    }
    threads.startHealth(health);
    threads.startWatcher(arguments);
    threads.startBeans(health, instrumentation);
  }

  private void watchRules() {
    report.watch(
        new Supplier<>() {
          @Override
          public List<MissedMethod> get() {
            return rules.unmatched();
          }
        });
  }

  private LogManagerGuard mayUseLogging() {
    return new LogManagerGuard(instrumentation);
  }

  /** Limiters that an agent before this one has left, as this one's configuration wants them. */
  private void reconfigure() {
    try {
      registry.reload(settings.limiters());
    } catch (IllegalArgumentException e) {
      missed("limiters stay as the agent before this one left them: " + e.getMessage());
    }
  }

  private void missed(String why) {
    report.add(new MissedMethod("", "", why));
    console.error(why);
  }

  /** For the line that says that the agent is there. */
  int limiters() {
    return registry.size();
  }
}
