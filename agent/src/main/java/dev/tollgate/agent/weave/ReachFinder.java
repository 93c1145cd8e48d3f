package dev.tollgate.agent.weave;

import dev.tollgate.agent.hierarchy.KnownClass;
import dev.tollgate.jmx.MissedMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Of one class. */
final class ReachFinder {
  private final Reach reach;
  private final @Nullable ClassLoader loader;
  private final ClassDeclarations declared;
  private final @Nullable SubclassProxy proxy;
  private final List<KnownClass> above;
  private final Map<String, List<Reaching>> found = new LinkedHashMap<>();
  private final Set<String> copies = new HashSet<>();
  private final List<MissedMethod> missed = new ArrayList<>();

  ReachFinder(
      Reach reach, @Nullable ClassLoader loader, KnownClass type, ClassDeclarations declared) {
    this.reach = reach;
    this.loader = loader;
    this.declared = declared;
    this.proxy = SubclassProxy.of(reach, loader, declared);
    this.above = reach.hierarchy().above(loader, type);
  }

  /** Rules that name the class itself. */
  void findOwnRules() {
    for (RuledMethods rule : reach.rules().naming(declared.internalName())) {
      addMatching(rule, null);
    }
  }

  /** What the types above ask of it. */
  void findInherited() {
    for (KnownClass type : above) {
      if (!type.isOfInterest()) {
        continue;
      }
      for (RuledMethods rule : reach.rules().naming(type.name())) {
        if (rule.pattern().withSubtypes()) {
          addMatching(rule, type);
        }
      }
      for (Obligation obligation : obligations(type)) {
        keep(obligation, type);
      }
    }
  }

  /** Lambdas and method references that implement {@code type}: no agent sees their classes. */
  void findLambdas(String type, ClassReader file) {
    KnownClass known = reach.hierarchy().type(loader, type);
    if (known == null) {
      return;
    }
    List<KnownClass> all = new ArrayList<>(List.of(known));
    all.addAll(reach.hierarchy().above(loader, known));
    List<Obligation> unkept = new ArrayList<>();
    for (KnownClass each : all) {
      if (each.isOfInterest()) {
        for (Obligation obligation : obligations(each)) {
          if (obligation.method().isAbstract()) {
            unkept.add(obligation);
          }
        }
      }
    }
    if (!unkept.isEmpty()) {
      LambdaFinder.find(file, type, unkept, missed);
    }
  }

  Reached reached() {
    Map<String, List<Cause>> causes = new LinkedHashMap<>();
    for (Map.Entry<String, List<Reaching>> method : found.entrySet()) {
      causes.put(method.getKey(), nearest(method.getValue()));
    }
    return new Reached(causes, copies, missed);
  }

  private List<Obligation> obligations(KnownClass type) {
    ClassDeclarations declarations = reach.declarations(loader, type);
    return declarations == null ? List.of() : Obligation.of(declarations, reach.rules());
  }

  private void addMatching(RuledMethods rule, @Nullable KnownClass source) {
    for (MethodDeclarations method : declared.methods()) {
      boolean meant =
          !method.has(Opcodes.ACC_SYNTHETIC)
              && rule.pattern().matchesMethod(method.name(), method.descriptor());
      // One construction runs through many constructors, but only the last calls another class's.
      if (meant && (!method.callsThis() || rule.pattern().hasParameters())) {
        add(method, new Reaching(source, new Cause.OfRule(rule)));
      }
    }
  }

  private void keep(Obligation obligation, KnownClass source) {
    boolean kept = false;
    Set<String> descriptors = descriptors(obligation, source);
    for (MethodDeclarations method : declared.methods()) {
      if (method.isVirtual()
          && method.name().equals(obligation.method().name())
          && descriptors.contains(method.descriptor())
          && obligation.isSeenIn(declared.packageName())) {
        MethodDeclarations called = bridged(method);
        if (!called.forwards()) {
          add(called, new Reaching(source, obligation.cause()));
        }
        kept = true;
      }
    }
    if (!kept && obligation.type().isInterface() && !declared.isInterface()) {
      checkSuperclass(obligation, source, descriptors);
    }
  }

  /** Of a bridge the method that it calls, where that is in the class as well. */
  private MethodDeclarations bridged(MethodDeclarations method) {
    String target = method.bridgeTo();
    MethodDeclarations called = target == null ? null : declared.method(method.name(), target);
    return called == null ? method : called;
  }

  /** The descriptors under which the method is overridden: types between have bridges to them. */
  private Set<String> descriptors(Obligation obligation, KnownClass source) {
    Set<String> descriptors = new HashSet<>();
    descriptors.add(obligation.method().descriptor());
    if (obligation.method().descriptor().indexOf('L') < 0) {
      return descriptors;
    }
    List<ClassDeclarations> between = new ArrayList<>();
    for (KnownClass type : above) {
      if (reach.isAbove(loader, source, type)) {
        ClassDeclarations declarations = reach.declarations(loader, type);
        if (declarations != null) {
          between.add(declarations);
        }
      }
    }
    int before = 0;
    while (before < descriptors.size()) {
      before = descriptors.size();
      for (ClassDeclarations type : between) {
        for (MethodDeclarations method : type.methods()) {
          if (method.bridgeTo() != null
              && method.name().equals(obligation.method().name())
              && descriptors.contains(method.descriptor())) {
            descriptors.add(method.bridgeTo());
          }
        }
      }
    }
    return descriptors;
  }

  /** Whether a superclass, which doesn't know the interface, implements it for this class. */
  private void checkSuperclass(Obligation obligation, KnownClass source, Set<String> descriptors) {
    String name = declared.superName();
    KnownClass superclass = reach.programs(loader, name);
    if (superclass == null
        || superclass.name().equals(source.name())
        || reach.isAbove(loader, source, superclass)) {
      return;
    }
    while (superclass != null) {
      ClassDeclarations declarations = reach.declarations(loader, superclass);
      if (declarations == null) {
        return;
      }
      for (MethodDeclarations method : declarations.methods()) {
        if (method.has(Opcodes.ACC_PUBLIC)
            && method.isVirtual()
            && !method.isAbstract()
            && method.name().equals(obligation.method().name())
            && descriptors.contains(method.descriptor())) {
          missedIn(declarations, method, obligation);
          return;
        }
      }
      superclass = reach.programs(loader, declarations.superName());
    }
  }

  private void missedIn(
      ClassDeclarations superclass, MethodDeclarations method, Obligation obligation) {
    missed.add(
        new MissedMethod(
            declared.name(),
            Signatures.of(method.name(), method.descriptor()),
            "it is limited "
                + obligation.cause().note()
                + ", but implemented by "
                + superclass.name()
                + ", which knows nothing of that: override it here, or annotate it there"));
  }

  private void add(MethodDeclarations method, Reaching reaching) {
    if ((proxy != null && proxy.leavesToTarget(method, reaching)) || isPassedOn(method, reaching)) {
      if (reaching.cause().isCopiedTo(method)) {
        copies.add(method.key());
      }
      return;
    }
    if (reaching.cause() instanceof Cause.OfRule ofRule && !method.isAbstract()) {
      ofRule.rule().markFound();
    }
    List<Reaching> ofMethod = found.get(method.key());
    if (ofMethod == null) {
      ofMethod = new ArrayList<>();
      found.put(method.key(), ofMethod);
    }
    for (Reaching other : ofMethod) {
      if (other.cause().equals(reaching.cause())) {
        return;
      }
    }
    ofMethod.add(reaching);
  }

  /**
   * Whether whatever the method calls is limited for the same reason, on whatever thread: of a
   * generated class, in whose code that shows.
   */
  private boolean isPassedOn(MethodDeclarations method, Reaching reaching) {
    KnownClass source = reaching.source();
    if (source == null || method.passesOnTo().isEmpty()) {
      return false;
    }
    for (String owner : method.passesOnTo()) {
      KnownClass called = reach.programs(loader, owner);
      boolean isLimited =
          called != null
              && !owner.equals(declared.internalName())
              && (owner.equals(source.name()) || reach.isAbove(loader, source, called));
      if (!isLimited) {
        return false;
      }
    }
    return true;
  }

  /** Annotations win over rules, and nearer ones over those that they override. */
  private List<Cause> nearest(List<Reaching> all) {
    List<Cause> annotations = new ArrayList<>();
    List<Cause> rules = new ArrayList<>();
    for (Reaching reaching : all) {
      if (reaching.source() == null || reaching.cause() instanceof Cause.OfRule) {
        rules.add(reaching.cause());
      } else if (!isOverridden(reaching.source(), all)) {
        annotations.add(reaching.cause());
      }
    }
    return annotations.isEmpty() ? rules : annotations;
  }

  private boolean isOverridden(KnownClass source, List<Reaching> all) {
    for (Reaching other : all) {
      if (other.source() != null
          && other.cause() instanceof Cause.Annotation
          && reach.isAbove(loader, source, other.source())) {
        return true;
      }
    }
    return false;
  }
}
