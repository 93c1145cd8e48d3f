package dev.tollgate.agent.weave;

import dev.tollgate.agent.hierarchy.Passing;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.ClassReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.LimiterRegistry;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Offered every class that is loaded. Nothing but the scan happens to those that name no
 * annotation, and the class reader isn't loaded before the first that does.
 *
 * <p>Never loads a class of the program: such a class would be hidden from every transformer.
 */
public final class WeavingTransformer implements ClassFileTransformer {
  private final LimiterRegistry registry;
  private final AgentReport report;
  private final Console console;
  private final boolean failsOnMissed;
  private final Rules rules;
  private final Reach reach;
  private final LateTypes late;
  private final CopyListener copies;
  private final ClassLoader own = WeavingTransformer.class.getClassLoader();
  private final WarmUp warmUp = new WarmUp();

  /**
   * @param failsOnMissed whether something that should be limited and can't be ends the JVM
   * @param late told of types that limit classes which were passed over
   * @param copies told of copies of the runtime, before they run
   */
  public WeavingTransformer(
      Rules rules,
      LimiterRegistry registry,
      AgentReport report,
      Console console,
      boolean failsOnMissed,
      LateTypes late,
      CopyListener copies) {
    this.rules = rules;
    this.reach = new Reach(rules);
    this.late = late;
    this.copies = copies;
    this.registry = registry;
    this.report = report;
    this.console = console;
    this.failsOnMissed = failsOnMissed;
  }

  /**
   * Whether a constant makes its class worth looking at: the descriptor of an annotation, or the
   * class that links call sites of ours. Such sites are in a class already if another agent has
   * kept the bytes that it saw.
   */
  public static boolean concerns(String constant) {
    return AnnotationScan.isOurs(constant) || constant.equals(CallSites.DISPATCHER);
  }

  /**
   * Takes note of a loaded class that carries none of the annotations and isn't named by a rule, so
   * that nobody has to ask its loader for its bytes when a class below it comes by.
   */
  public void know(Class<?> type) {
    reach.hierarchy().know(type);
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (own.equals(loader) || (isOfTheJdk(module, loader) && !rules.mayName(module))) {
      return null;
    }
    long begin = System.nanoTime();
    try {
      Passing passing = reach.pass(loader, file);
      if (passing == null) {
        return null;
      }
      if (passing.seeksDispatcher()) {
        copies.found();
      }
      if (!passing.isWoven() && !reach.concerns(loader, passing)) {
        return null;
      }
      if (passing.isLate()) {
        late.found(loader, passing.type().name().replace('/', '.'));
      }
      return weave(loader, passing, file);
    } catch (Throwable fault) {
      // Ours, whatever it is; the JVM would swallow it, and the class stays as it was.
      String name = internalName == null ? "a class" : internalName.replace('/', '.');
      missed(loader, name, fault);
      return null;
    } finally {
      report.addWeaveNanos(System.nanoTime() - begin);
    }
  }

  private byte @Nullable [] weave(@Nullable ClassLoader loader, Passing passing, byte[] file)
      throws Throwable {
    ClassReader reader = new ClassReader(file);
    ClassDeclarations declared = DeclarationReader.read(reader);
    Reached reached = reach.of(loader, passing, declared, reader);
    WovenClass woven =
        WovenClass.of(
            reader,
            Planner.plan(declared, reached, LoaderNames.of(loader)),
            passing.isWoven() ? PresentSites.of(reader) : PresentSites.NONE);
    ClassPlan plan = woven.plan();
    if (!plan.methods().isEmpty()) {
      warmUp.before(plan);
    }
    for (Definition definition : plan.definitions()) {
      define(definition, plan);
    }
    if (!plan.report().woven().isEmpty() || !plan.report().missed().isEmpty()) {
      publish(loader, plan.className(), plan.report());
    }
    return woven.file();
  }

  private void define(Definition definition, ClassPlan plan) {
    try {
      registry.register(definition.limiter(), definition.config());
    } catch (IllegalArgumentException | IllegalStateException e) {
      plan.report()
          .missed()
          .add(
              new MissedMethod(
                  plan.className(),
                  definition.method(),
                  "the definition isn't used: ".concat(String.valueOf(e.getMessage()))));
    }
  }

  private void missed(@Nullable ClassLoader loader, String className, Throwable fault) {
    String why = "could not be woven: ".concat(fault.toString());
    report.add(
        loader,
        className,
        new ClassReport(List.of(), List.of(new MissedMethod(className, "", why))));
    console.fault("missed ".concat(className).concat(": ").concat(why), fault);
    endIfAsked();
  }

  private void publish(@Nullable ClassLoader loader, String className, ClassReport classReport) {
    report.add(loader, className, classReport);
    for (MissedMethod missed : classReport.missed()) {
      String where =
          missed.method().isEmpty()
              ? missed.className()
              : missed.className().concat(".").concat(missed.method());
      console.error("missed ".concat(where).concat(": ").concat(missed.why()));
    }
    if (!classReport.missed().isEmpty()) {
      endIfAsked();
    }
  }

  private void endIfAsked() {
    if (failsOnMissed) {
      console.error("on-missed is fail: the JVM ends here");
      console.flush();
      // Not exit: this thread holds the lock of a class that shutdown hooks may need.
      Runtime.getRuntime().halt(1);
    }
  }

  private static boolean isOfTheJdk(Module module, @Nullable ClassLoader loader) {
    return module.isNamed()
        && (loader == null || ClassLoader.getPlatformClassLoader().equals(loader));
  }
}
