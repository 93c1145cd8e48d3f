package dev.tollgate.agent.weave;

import dev.tollgate.agent.report.ClassReport;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import dev.tollgate.limiter.RateLimitConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Decides for each method of a class what is woven into it, and says what can't be. */
final class Planner {
  private static final int JAVA_7 = 51;

  private final ClassDeclarations type;
  private final String loader;
  private final Map<String, MethodPlan> methods = new LinkedHashMap<>();
  private final List<Definition> definitions = new ArrayList<>();
  private final List<WovenMethod> woven = new ArrayList<>();
  private final List<MissedMethod> missed = new ArrayList<>();

  private Planner(ClassDeclarations type, String loader) {
    this.type = type;
    this.loader = loader;
  }

  /**
   * @param loader the class loader's name, for reports
   */
  static ClassPlan plan(ClassDeclarations type, String loader) {
    Planner planner = new Planner(type, loader);
    List<Limit> onType = planner.check("", type.onType());
    boolean coversAny = false;
    for (MethodDeclarations method : type.methods()) {
      if (method.isCompilersOwn()) {
        continue;
      }
      boolean covered = !onType.isEmpty() && planner.isCoveredByType(method);
      coversAny |= covered;
      if (!method.own().isEmpty()) {
        planner.add(
            method, method.own().size(), planner.check(method.signature(), method.own()), false);
      } else if (covered) {
        planner.add(method, type.onType().size(), onType, true);
      }
    }
    if (!onType.isEmpty() && !coversAny) {
      planner.missed(
          "", "the annotation on the type covers its public methods, and it declares none");
    }
    return new ClassPlan(
        type.name(),
        planner.methods,
        planner.definitions,
        new ClassReport(planner.woven, planner.missed));
  }

  private List<Limit> check(String method, List<Declaration> declarations) {
    List<Limit> limits = new ArrayList<>();
    Consumer<String> report = new MissedOf(method);
    for (Declaration declaration : declarations) {
      limits.add(DeclarationCheck.limit(declaration, report));
      RateLimitConfig definition = DeclarationCheck.definition(declaration, report);
      if (definition != null) {
        definitions.add(new Definition(declaration.limiter(), definition, method));
      }
    }
    return limits;
  }

  private void add(
      MethodDeclarations method, int declared, List<Limit> limits, boolean oncePerEntry) {
    String signature = method.signature();
    String obstacle = obstacle(method, oncePerEntry);
    if (obstacle != null) {
      missed(signature, obstacle);
      return;
    }
    methods.put(
        method.name().concat(method.descriptor()),
        new MethodPlan(signature, limits, oncePerEntry, method.maxLocals(), method.firstLine()));
    String note = Notes.of(method, oncePerEntry);
    for (Limit limit : limits) {
      woven.add(new WovenMethod(type.name(), signature, loader, limit.limiter(), note));
    }
    reportShortfalls(method, declared);
  }

  /** Why nothing can be woven into {@code method}, or null. */
  private @Nullable String obstacle(MethodDeclarations method, boolean oncePerEntry) {
    if (type.version() < JAVA_7) {
      return "its class file has version "
          + type.version()
          + ", older than Java 7: compile it for 7 or newer";
    }
    if (method.has(Opcodes.ACC_ABSTRACT)) {
      return (oncePerEntry ? "an abstract method of an annotated type" : "an abstract method")
          + ": implementations aren't reached in this version; annotate them";
    }
    if (method.has(Opcodes.ACC_NATIVE)) {
      return "a native method has no body to weave; annotate a method that calls it";
    }
    if (method.isSuspend()) {
      return "a Kotlin suspend function would take a permit at each resume; annotate a function"
          + " that calls it";
    }
    return null;
  }

  /** What the method is woven without, in this version. */
  private void reportShortfalls(MethodDeclarations method, int declared) {
    if (declared > 1) {
      missed(
          method.signature(),
          "several limits: they are taken one after the other, so that a call refused by a later"
              + " one has taken permits of the earlier; all or nothing isn't supported in this"
              + " version");
    }
    if (method.parameterAnnotations().contains(Declaration.WEIGHT)) {
      missed(
          method.signature(),
          "@Weight isn't supported in this version; each call takes the annotation's weight");
    }
    if (method.parameterAnnotations().contains(Declaration.LIMIT_KEY)) {
      missed(
          method.signature(),
          "@LimitKey isn't supported in this version; all keys share one bucket");
    }
    if (Notes.isAsync(method)) {
      missed(
          method.signature(),
          "asynchronous limits aren't supported in this version; the caller waits for the permit");
    }
  }

  private boolean isCoveredByType(MethodDeclarations method) {
    return method.has(Opcodes.ACC_PUBLIC)
        && !method.isInitializer()
        && !(type.isEnum() && isImplicitInEnum(method));
  }

  private boolean isImplicitInEnum(MethodDeclarations method) {
    String self = "L" + type.name().replace('.', '/') + ";";
    String declaration = method.name().concat(method.descriptor());
    return declaration.equals("values()[".concat(self))
        || declaration.equals("valueOf(Ljava/lang/String;)".concat(self));
  }

  private void missed(String method, String why) {
    missed.add(new MissedMethod(type.name(), method, why));
  }

  private final class MissedOf implements Consumer<String> {
    private final String method;

    MissedOf(String method) {
      this.method = method;
    }

    @Override
    public void accept(String why) {
      missed(method, why);
    }
  }
}
