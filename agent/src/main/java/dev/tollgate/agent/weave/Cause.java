package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.Opcodes;

/** Why a method is limited that carries nothing itself. */
sealed interface Cause {
  /** What all methods that it reaches have in common. */
  Group group();

  /**
   * What each of them takes.
   *
   * @param group as in {@link Limit}
   */
  List<Limit> limits(int group);

  /** What the parameters of each of them are, where they don't say so themselves. */
  List<ParameterDeclaration> parameters();

  /** The name of the method that answers refusals; empty for none. */
  String fallback();

  /** Where that may stand, beside the class that is woven. */
  List<MethodDeclarations> inheritable();

  /** Whether a method that overrides what this stands on carries the same. */
  boolean isCopiedTo(MethodDeclarations overrider);

  /** For the note in a report: {@code by the annotation of p.I.send(String)}. */
  String note();

  /** What an annotation says wrongly is reported once, where it stands. */
  Consumer<String> SILENT =
      new Consumer<>() {
        @Override
        public void accept(String why) {}
      };

  /**
   * An annotation of a type above.
   *
   * @param onType whether it stands on the type, not on {@code method}
   */
  record Annotation(ClassDeclarations type, MethodDeclarations method, boolean onType)
      implements Cause {
    @Override
    public Group group() {
      return new Group(type.name(), onType ? "" : method.key(), Group.Kind.ENTRY);
    }

    @Override
    public List<Limit> limits(int group) {
      List<Limit> limits = new ArrayList<>();
      for (Declaration declaration : onType ? type.onType() : method.own()) {
        limits.add(DeclarationCheck.limit(declaration, group, SILENT));
      }
      return limits;
    }

    @Override
    public List<ParameterDeclaration> parameters() {
      return method.parameters();
    }

    @Override
    public String fallback() {
      return Declaration.fallback(onType ? type.onType() : method.own());
    }

    @Override
    public List<MethodDeclarations> inheritable() {
      List<MethodDeclarations> inheritable = new ArrayList<>();
      for (MethodDeclarations each : type.methods()) {
        // Static methods of interfaces aren't inherited.
        if (each.isSeenOutsideItsPackage()
            && !(type.isInterface() && each.has(Opcodes.ACC_STATIC))) {
          inheritable.add(each);
        }
      }
      return inheritable;
    }

    @Override
    public boolean isCopiedTo(MethodDeclarations overrider) {
      return !onType && method.own().equals(overrider.own());
    }

    @Override
    public String note() {
      String where = onType ? type.name() : type.name() + "." + method.signature();
      return "by the annotation of ".concat(where);
    }
  }

  /** A rule of the configuration. */
  record OfRule(RuledMethods rule) implements Cause {
    @Override
    public Group group() {
      return new Group("", rule.pattern().toString(), Group.Kind.ENTRY);
    }

    @Override
    public List<Limit> limits(int group) {
      List<Limit> limits = new ArrayList<>();
      for (RuleLimit limit : rule.limits()) {
        limits.add(new Limit(limit.limiter(), limit.weight(), limit.timeoutNanos(), group));
      }
      return limits;
    }

    @Override
    public List<ParameterDeclaration> parameters() {
      return List.of();
    }

    @Override
    public String fallback() {
      return "";
    }

    @Override
    public List<MethodDeclarations> inheritable() {
      return List.of();
    }

    @Override
    public boolean isCopiedTo(MethodDeclarations overrider) {
      return false;
    }

    @Override
    public String note() {
      return "by rule ".concat(rule.pattern().toString());
    }
  }
}
