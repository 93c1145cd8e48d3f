package dev.tollgate.agent.weave;

import dev.tollgate.agent.hierarchy.KnownClass;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that extends the class of its target, known by its name. One of the JDK is no subclass,
 * and whatever stands behind it may be no target at all.
 */
final class SubclassProxy {
  private static final String OBJECT = "java/lang/Object";

  private final Reach reach;
  private final @Nullable ClassLoader loader;
  private final @Nullable String superName;

  /** Whether it always has a target of its type, though it may extend none: of a bean's scope. */
  private final boolean isOfScope;

  private SubclassProxy(Reach reach, @Nullable ClassLoader loader, ClassDeclarations declared) {
    this.reach = reach;
    this.loader = loader;
    this.superName = declared.superName();
    this.isOfScope = ProxyNames.isOfScope(declared.internalName());
  }

  /** Null where the class isn't one. */
  static @Nullable SubclassProxy of(
      Reach reach, @Nullable ClassLoader loader, ClassDeclarations declared) {
    return ProxyNames.isOfSubclass(declared.internalName())
        ? new SubclassProxy(reach, loader, declared)
        : null;
  }

  /**
   * Whether a proxy has above it the very method that takes. If the proxy took as well, a call that
   * it makes on another thread would be charged twice, one that it makes again would be free, and a
   * private fallback out of its reach.
   */
  boolean leavesToTarget(MethodDeclarations method, Reaching reaching) {
    if (isOfScope && reaching.source() != null) {
      return true;
    }
    String name = superName;
    while (!OBJECT.equals(name)) {
      KnownClass target = reach.programs(loader, name);
      if (target == null) {
        return false;
      }
      ClassDeclarations declarations = reach.declarations(loader, target);
      if (declarations == null) {
        return false;
      }
      MethodDeclarations called = declarations.method(method.name(), method.descriptor());
      if (called != null) {
        return takes(target, declarations, called, reaching);
      }
      name = declarations.superName();
    }
    return isLeftToDefault(method, reaching);
  }

  /** The same of a target that has the method from its interfaces, whichever of them. */
  private boolean isLeftToDefault(MethodDeclarations method, Reaching reaching) {
    KnownClass target = reach.programs(loader, superName);
    if (target == null) {
      return false;
    }
    List<KnownClass> taking = new ArrayList<>();
    List<KnownClass> unsure = new ArrayList<>();
    for (KnownClass type : reach.hierarchy().above(loader, target)) {
      ClassDeclarations declarations = reach.declarations(loader, type);
      if (declarations == null) {
        return false;
      }
      MethodDeclarations called = declarations.method(method.name(), method.descriptor());
      if (called != null) {
        (takes(type, declarations, called, reaching) ? taking : unsure).add(type);
      }
    }
    for (KnownClass type : unsure) {
      if (!isAboveAny(type, taking)) {
        return false;
      }
    }
    return !taking.isEmpty();
  }

  /** The JVM calls no method of an interface that is overridden in one below. */
  private boolean isAboveAny(KnownClass type, List<KnownClass> lower) {
    for (KnownClass each : lower) {
      if (reach.isAbove(loader, type, each)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a method of a type above the proxy takes, for the same reason. */
  private boolean takes(
      KnownClass type,
      ClassDeclarations declarations,
      MethodDeclarations method,
      Reaching reaching) {
    if (!method.isVirtual()
        || method.isAbstract()
        || Planner.obstacle(declarations, method) != null) {
      return false;
    }
    KnownClass source = reaching.source();
    if (source != null) {
      return type.name().equals(source.name()) || reach.isAbove(loader, source, type);
    }
    return !method.has(Opcodes.ACC_SYNTHETIC)
        && reaching.cause() instanceof Cause.OfRule ofRule
        && reach.rules().naming(type.name()).contains(ofRule.rule());
  }
}
