package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.MissedMethod;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Has the dispatcher installed before a copy of the runtime, in any loader of the program's, can
 * look for it. The class that looks comes by here before it runs. It is known by its simple name,
 * since programs move copies to packages of their own; whatever else is called so brings the
 * dispatcher early, and no more.
 */
final class CopyWatch implements ClassFileTransformer {
  /** Of {@link dev.tollgate.limiter.Door}, which isn't loaded for that. */
  private static final String LOOKS = "Door";

  private final Instrumentation instrumentation;
  private final AgentReport report;
  private final Console console;
  private final ClassLoader own = CopyWatch.class.getClassLoader();

  CopyWatch(Instrumentation instrumentation, AgentReport report, Console console) {
    this.instrumentation = instrumentation;
    this.report = report;
    this.console = console;
  }

  /** Watches until there is a copy: one that is loaded already, or the first that will be. */
  void begin() {
    instrumentation.addTransformer(this, true);
  }

  void end() {
    instrumentation.removeTransformer(this);
  }

  /** Looks at classes that were loaded before. */
  void look(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      ClassLoader loader = type.getClassLoader();
      // By far the most of them, whose names would have to be made.
      boolean isOfTheJdk = loader == null && type.getModule().isNamed();
      if (!isOfTheJdk && !own.equals(loader) && looks(type.getName(), '.')) {
        found();
        return;
      }
    }
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (internalName != null && looks(internalName, '/') && !own.equals(loader)) {
      found();
    }
    return null;
  }

  private static boolean looks(String name, char separator) {
    int before = name.length() - LOOKS.length() - 1;
    return name.endsWith(LOOKS) && (before < 0 || name.charAt(before) == separator);
  }

  private void found() {
    try {
      Dispatcher.need();
      end();
    } catch (Throwable e) {
      String why =
          "the program's own copy of the runtime has limiters of its own: ".concat(e.toString());
      report.add(new MissedMethod("", "", why));
      console.error(why);
    }
  }
}
