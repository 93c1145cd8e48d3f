package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.Rules;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes that were being loaded when an agent was attached. The JVM shows a class to
 * transformers first and loads what it extends then, for as long as its class loader takes; only
 * after that it is one of those that are loaded. So there are some that neither the weaver nor
 * whoever asked for loaded classes has seen. They are looked for again for a minute.
 */
final class ClassesBeingLoaded implements ClassFileTransformer, Runnable {
  private static final long[] WAITS_MILLIS = {500, 1_500, 8_000, 50_000};

  private final Rules rules;
  private final AffectedClasses affected;
  private final Instrumentation instrumentation;
  private final AgentReport report;
  private final Console console;

  /** Of classes and their loaders, neither of which is to be kept alive. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private ClassesBeingLoaded(
      Rules rules,
      AffectedClasses affected,
      Instrumentation instrumentation,
      AgentReport report,
      Console console) {
    this.rules = rules;
    this.affected = affected;
    this.instrumentation = instrumentation;
    this.report = report;
    this.console = console;
  }

  /**
   * To be called when the weaver is there, and before the classes that are loaded are asked for.
   */
  static ClassesBeingLoaded watch(
      Rules rules,
      AffectedClasses affected,
      Instrumentation instrumentation,
      AgentReport report,
      Console console) {
    ClassesBeingLoaded watch =
        new ClassesBeingLoaded(rules, affected, instrumentation, report, console);
    instrumentation.addTransformer(watch);
    return watch;
  }

  /** These are loaded, and offered to the weaver as such. */
  void areNot(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      seen.add(key(type.getClassLoader(), type.getName()));
    }
  }

  /** The weaver, which was there before, sees it after this. */
  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (internalName != null) {
      seen.add(key(loader, internalName.replace('/', '.')));
    }
    return null;
  }

  @Override
  public void run() {
    try {
      for (long wait : WAITS_MILLIS) {
        Thread.sleep(wait);
        weaveThoseUnseen();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable fault) {
      console.error(
          "classes that were being loaded when the agent came may be unlimited: " + fault);
    } finally {
      end();
    }
  }

  /** Nothing is looked for any more. */
  void end() {
    instrumentation.removeTransformer(this);
    seen.clear();
  }

  private void weaveThoseUnseen() {
    List<Class<?>> unseen = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (seen.add(key(type.getClassLoader(), type.getName()))) {
        unseen.add(type);
      }
    }
    List<Class<?>> changeable =
        LoadedClasses.changeable(unseen.toArray(new Class<?>[0]), rules, instrumentation);
    LoadedClasses.retransform(affected.among(changeable), instrumentation, report, console);
  }

  private static String key(@Nullable ClassLoader loader, String className) {
    return className + "@" + System.identityHashCode(loader);
  }
}
