package dev.tollgate.agent.start;

import dev.tollgate.agent.weave.Rules;
import dev.tollgate.agent.weave.WeavingTransformer;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the classes of a running program that have to be shown to the weaver: those that carry an
 * annotation or a call site of ours, or are named by a rule, those below them, and those whose
 * lambdas implement such an interface. The JVM keeps a second version of each class that is
 * retransformed, even if nothing changes in it, and doubles the metaspace of a program whose
 * classes all are.
 *
 * <p>Runs no code of the program and loads none of its classes. Of the classes that are left out
 * the weaver is told, so that it doesn't ask their loaders for bytes when it meets a class below.
 */
final class AffectedClasses {
  private final Rules rules;
  private final WeavingTransformer weaver;
  private final @Nullable ConstantPools pools;

  /**
   * @param weaver told of the classes that are left out
   */
  AffectedClasses(Rules rules, WeavingTransformer weaver, Instrumentation instrumentation) {
    this.rules = rules;
    this.weaver = weaver;
    this.pools = ConstantPools.open(instrumentation);
  }

  /** All of {@code loaded} if this JVM doesn't say what is in its classes. */
  List<Class<?>> among(List<Class<?>> loaded) {
    return pools == null ? loaded : new Selection(pools, loaded).affected();
  }

  private final class Selection {
    private final ConstantPools constants;
    private final List<Class<?>> loaded;
    private final Set<Class<?>> withLambdas = new HashSet<>();

    /** Whether a class limits something, or has a type above it that does. */
    private final Map<Class<?>, Boolean> known = new HashMap<>();

    Selection(ConstantPools constants, List<Class<?>> loaded) {
      this.constants = constants;
      this.loaded = loaded;
    }

    List<Class<?>> affected() {
      Set<String> interfaces = new HashSet<>();
      for (Class<?> type : loaded) {
        if (isAffected(type) && type.isInterface()) {
          interfaces.add(type.getName().replace('.', '/'));
        }
      }
      List<Class<?>> affected = new ArrayList<>();
      for (Class<?> type : loaded) {
        if (isAffected(type) || makesAny(type, interfaces)) {
          affected.add(type);
        } else {
          weaver.know(type);
        }
      }
      return affected;
    }

    private boolean isAffected(@Nullable Class<?> type) {
      if (type == null) {
        return false;
      }
      Boolean answer = known.get(type);
      if (answer == null) {
        answer = isOfInterest(type) || rules.name(type) || isAffected(type.getSuperclass());
        for (Class<?> face : type.getInterfaces()) {
          answer |= isAffected(face);
        }
        known.put(type, answer);
      }
      return answer;
    }

    private boolean isOfInterest(Class<?> type) {
      if (!LoadedClasses.isOfProgram(type)) {
        return false;
      }
      OurConstant ours = new OurConstant();
      try {
        if (constants.read(type, ours)) {
          withLambdas.add(type);
        }
      } catch (IllegalStateException e) {
        return true;
      }
      return ours.isFound;
    }

    private boolean makesAny(Class<?> type, Set<String> interfaces) {
      if (interfaces.isEmpty() || !withLambdas.contains(type)) {
        return false;
      }
      ResultType result = new ResultType(interfaces);
      try {
        constants.read(type, result);
      } catch (IllegalStateException e) {
        return true;
      }
      return result.isFound;
    }
  }

  private static final class OurConstant implements ConstantPools.Reader {
    boolean isFound;

    @Override
    public boolean hasSeenEnough(String text) {
      isFound = WeavingTransformer.concerns(text);
      return isFound;
    }
  }

  /** The descriptor of an {@code invokedynamic} ends with the type that it makes. */
  private static final class ResultType implements ConstantPools.Reader {
    private final Set<String> names;
    boolean isFound;

    ResultType(Set<String> names) {
      this.names = names;
    }

    @Override
    public boolean hasSeenEnough(String text) {
      int end = text.length() - 1;
      int result = end > 0 && text.charAt(end) == ';' ? text.lastIndexOf(")L") : -1;
      isFound = result >= 0 && names.contains(text.substring(result + 2, end));
      return isFound;
    }
  }
}
