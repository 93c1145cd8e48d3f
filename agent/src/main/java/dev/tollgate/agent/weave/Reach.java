package dev.tollgate.agent.weave;

import dev.tollgate.agent.hierarchy.Hierarchy;
import dev.tollgate.agent.hierarchy.Interest;
import dev.tollgate.agent.hierarchy.KnownClass;
import dev.tollgate.agent.hierarchy.Passing;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/** Finds what limits the methods of a class, beside the annotations that it carries itself. */
final class Reach {
  private static final String OBJECT = "java/lang/Object";

  private final Rules rules;
  private final Hierarchy hierarchy;

  Reach(Rules rules) {
    this.rules = rules;
    this.hierarchy =
        new Hierarchy(
            new Interest() {
              @Override
              public boolean isIn(String internalName, boolean mentionsUs, byte[] file) {
                return rules.name(internalName)
                    || (mentionsUs && AnnotationScan.mentionsLimit(file));
              }
            },
            rules.nameJdk());
  }

  /** Looks at a class that is being loaded; null for what isn't a class file. */
  @Nullable Passing pass(@Nullable ClassLoader loader, byte[] file) {
    return hierarchy.pass(loader, file);
  }

  /** Whether anything may be limited in it, or missed. */
  boolean concerns(@Nullable ClassLoader loader, Passing passing) {
    if (passing.type().isOfInterest()) {
      return true;
    }
    // What stands above an interface comes by before the first class that implements it: nothing
    // needs to be read for an interface that has no method to weave.
    if (!passing.hasCode()) {
      return false;
    }
    if (hierarchy.hasAbove(loader, passing.type())) {
      return true;
    }
    for (String lambda : passing.lambdas()) {
      if (hierarchy.isOrHasAbove(loader, lambda)) {
        return true;
      }
    }
    return false;
  }

  /** What reaches the methods of a class that {@link #concerns} is true of. */
  Reached of(
      @Nullable ClassLoader loader, Passing passing, ClassDeclarations declared, ClassReader file) {
    ReachFinder finder = new ReachFinder(this, loader, passing.type(), declared);
    finder.findOwnRules();
    finder.findInherited();
    for (String lambda : passing.lambdas()) {
      if (hierarchy.isOrHasAbove(loader, lambda)) {
        finder.findLambdas(lambda, file);
      }
    }
    return finder.reached();
  }

  /** The type of this name, where it is one of the program's that can be had. */
  @Nullable KnownClass programs(@Nullable ClassLoader loader, @Nullable String name) {
    return name == null || name.equals(OBJECT) ? null : hierarchy.type(loader, name);
  }

  /** Whether {@code lower} extends or implements {@code type}. */
  boolean isAbove(@Nullable ClassLoader loader, KnownClass type, KnownClass lower) {
    for (KnownClass each : hierarchy.above(loader, lower)) {
      if (each.name().equals(type.name())) {
        return true;
      }
    }
    return false;
  }

  Rules rules() {
    return rules;
  }

  Hierarchy hierarchy() {
    return hierarchy;
  }

  /** What stands in the type; null where its bytes can't be had again. */
  @Nullable ClassDeclarations declarations(@Nullable ClassLoader loader, KnownClass type) {
    if (type.content() instanceof ClassDeclarations declarations) {
      return declarations;
    }
    byte[] file = hierarchy.file(loader, type);
    if (file == null) {
      return null;
    }
    ClassDeclarations declarations = DeclarationReader.read(new ClassReader(file));
    type.keep(declarations);
    return declarations;
  }
}
