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
      if (!method.own().isEmpty() && !method.isCompilersOwn() && !planner.isCopy(method, reached)) {
        planner.addOwn(method);
      } else if (covered) {
        planner.addCovered(method, onType);
      } else if (!causes.isEmpty()) {
        planner.addReached(method, causes);
      } else if (!method.isCompilersOwn()) {
        planner.reportUseless(method);
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
    Consumer<String> report = new MissedOf(method.signature());
    List<Limit> limits =
        Parameters.apply(
            method.parameters(),
            check(method.signature(), method.own(), isOverridable ? 0 : Limit.NO_GROUP),
            method.descriptor(),
            report);
    List<Group> groups = isOverridable ? groups(method.key(), Group.Kind.EACH) : List.of();
    add(method, limits, groups, Declaration.fallback(method.own()), List.of(), "");
  }

  /** By the annotation of the type: one entry takes once. */
  private void addCovered(MethodDeclarations method, List<Limit> onType) {
    List<Limit> limits =
        Parameters.apply(
            method.parameters(), onType, method.descriptor(), new MissedOf(method.signature()));
    List<Group> groups = groups("", Group.Kind.ENTRY);
    add(method, limits, groups, Declaration.fallback(type.onType()), List.of(), "");
  }

  /** By annotations of types above, or by rules: one entry takes once by each. */
  private void addReached(MethodDeclarations method, List<Cause> causes) {
    List<Limit> limits = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<MethodDeclarations> inheritable = new ArrayList<>();
    String fallback = "";
    for (Cause cause : causes) {
      int group = method.isInitializer() ? Limit.NO_GROUP : groups.size();
      limits.addAll(
          Parameters.apply(
              ParameterDeclaration.inherit(method.parameters(), cause.parameters()),
              cause.limits(group),
              method.descriptor(),
              method.parameters().isEmpty() ? Cause.SILENT : new MissedOf(method.signature())));
      if (group != Limit.NO_GROUP) {
        groups.add(cause.group());
      }
      if (fallback.isEmpty()) {
        fallback = cause.fallback();
        inheritable.addAll(cause.inheritable());
      }
      notes.add(cause.note());
    }
    add(method, limits, groups, fallback, inheritable, String.join("; ", notes));
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
      MethodDeclarations method,
      List<Limit> limits,
      List<Group> groups,
      String fallback,
      List<MethodDeclarations> inheritable,
      String cause) {
    if (method.has(Opcodes.ACC_ABSTRACT)) {
      // Whatever implements it is limited.
      return;
    }
    String signature = method.signature();
    String obstacle = obstacle(type, method);
    if (obstacle != null) {
      missed(signature, obstacle);
      return;
    }
    MethodPlan plan =
        new MethodPlan(
            new MethodPlan.Owner(type.name().replace('.', '/'), type.isInterface()),
            method,
            limits,
            groups,
            fallback.isEmpty() ? null : fallback(fallback, method, inheritable));
    methods.put(method.key(), plan);
    if (Notes.isAsync(method) && !plan.isAsync()) {
      missed(
          signature,
          "it has too many parameters to be called later, so its caller waits for the permit; pass"
              + " them in an object");
    }
    String note = Notes.of(method, plan.isEntry(), cause);
    for (Limit limit : limits) {
      woven.add(new WovenMethod(type.name(), signature, loader, limit.limiter(), note));
    }
  }

  private @Nullable Fallback fallback(
      String name, MethodDeclarations method, List<MethodDeclarations> inheritable) {
    List<MethodDeclarations> candidates = new ArrayList<>(inheritable);
    candidates.addAll(type.methods());
    return Fallbacks.find(name, method, candidates, new MissedOf(method.signature()));
  }

  private void reportUseless(MethodDeclarations method) {
    for (ParameterDeclaration parameter : method.parameters()) {
      missed(
          method.signature(),
          (parameter.isWeight() ? "@Weight" : "@LimitKey")
              + " does nothing: no @RateLimited or rule limits the method");
    }
  }

  /** Why nothing can be woven into {@code method}, or null. */
  static @Nullable String obstacle(ClassDeclarations type, MethodDeclarations method) {
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

  private boolean isCoveredByType(MethodDeclarations method) {
    return method.has(Opcodes.ACC_PUBLIC)
        && !method.isInitializer()
        && !method.isCompilersOwn()
        && !ImplicitMethods.contain(type, method);
  }

  /** Whether it is an override with the annotations of what it overrides, which nobody wrote. */
  private boolean isCopy(MethodDeclarations method, Reached reached) {
    if (reached.copies().contains(method.key())) {
      return true;
    }
    if (type.isGenerated()) {
      for (Cause cause : reached.causes(method)) {
        if (cause.isCopiedTo(method)) {
          return true;
        }
      }
    }
    return false;
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
