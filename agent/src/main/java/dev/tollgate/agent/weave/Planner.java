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
  static ClassPlan plan(ClassDeclarations type, Reached reached, String loader) {
    Planner planner = new Planner(type, loader);
    planner.missed.addAll(reached.missed());
    List<Limit> onType = planner.check("", type.onType(), 0);
    boolean coversAny = false;
    for (MethodDeclarations method : type.methods()) {
      boolean covered = !onType.isEmpty() && planner.isCoveredByType(method);
      coversAny |= covered;
      List<Cause> causes = reached.causes(method);
      if (!method.own().isEmpty() && !method.isCompilersOwn()) {
        planner.addOwn(method);
      } else if (covered) {
        planner.add(method, onType, planner.groups("", Group.Kind.ENTRY), "");
      } else if (!causes.isEmpty()) {
        planner.addReached(method, causes);
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

  /**
   * Each execution takes. Where there may be overriders, what they have taken is taken for both.
   */
  private void addOwn(MethodDeclarations method) {
    boolean isOverridable =
        !method.has(Opcodes.ACC_STATIC)
            && !method.has(Opcodes.ACC_PRIVATE)
            && !method.has(Opcodes.ACC_FINAL)
            && !method.isInitializer();
    List<Limit> limits =
        check(method.signature(), method.own(), isOverridable ? 0 : Limit.NO_GROUP);
    add(method, limits, isOverridable ? groups(method.key(), Group.Kind.EACH) : List.of(), "");
  }

  /** By annotations of types above, or by rules: one entry takes once by each. */
  private void addReached(MethodDeclarations method, List<Cause> causes) {
    List<Limit> limits = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Cause cause : causes) {
      int group = method.isInitializer() ? Limit.NO_GROUP : groups.size();
      limits.addAll(cause.limits(group));
      if (group != Limit.NO_GROUP) {
        groups.add(cause.group());
      }
      notes.add(cause.note());
    }
    add(method, limits, groups, String.join("; ", notes));
  }

  private List<Group> groups(String member, Group.Kind kind) {
    return List.of(new Group(type.name(), member, kind));
  }

  private List<Limit> check(String method, List<Declaration> declarations, int group) {
    List<Limit> limits = new ArrayList<>();
    Consumer<String> report = new MissedOf(method);
    for (Declaration declaration : declarations) {
      limits.add(DeclarationCheck.limit(declaration, group, report));
      RateLimitConfig definition = DeclarationCheck.definition(declaration, report);
      if (definition != null) {
        definitions.add(new Definition(declaration.limiter(), definition, method));
      }
    }
    return limits;
  }

  private void add(
      MethodDeclarations method, List<Limit> limits, List<Group> groups, String cause) {
    if (method.has(Opcodes.ACC_ABSTRACT)) {
      // Whatever implements it is limited.
      return;
    }
    String signature = method.signature();
    String obstacle = obstacle(method);
    if (obstacle != null) {
      missed(signature, obstacle);
      return;
    }
    MethodPlan plan =
        new MethodPlan(signature, limits, groups, method.maxLocals(), method.firstLine());
    methods.put(method.key(), plan);
    String note = Notes.of(method, plan.isEntry(), cause);
    for (Limit limit : limits) {
      woven.add(new WovenMethod(type.name(), signature, loader, limit.limiter(), note));
    }
    reportShortfalls(method, limits.size());
  }

  /** Why nothing can be woven into {@code method}, or null. */
  private @Nullable String obstacle(MethodDeclarations method) {
    if (type.version() < JAVA_7) {
      return "its class file has version "
          + type.version()
          + ", older than Java 7: compile it for 7 or newer";
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
        && !method.isCompilersOwn()
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
