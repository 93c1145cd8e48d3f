package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.Type;

/** Gives limits the parameters that are their weights and keys. Whatever can't be is reported. */
final class Parameters {
  private final List<Limit> limits;
  private final Type[] types;
  private final Consumer<String> missed;

  private Parameters(List<Limit> limits, String descriptor, Consumer<String> missed) {
    this.limits = limits;
    this.types = Type.getArgumentTypes(descriptor);
    this.missed = missed;
  }

  /**
   * @param descriptor of the method
   * @param missed told what is wrong and what would be right
   */
  static List<Limit> apply(
      List<ParameterDeclaration> declared,
      List<Limit> limits,
      String descriptor,
      Consumer<String> missed) {
    if (declared.isEmpty()) {
      return limits;
    }
    Parameters parameters = new Parameters(limits, descriptor, missed);
    int weight = parameters.weight(declared);
    List<Limit> applied = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      applied.add(limits.get(i).of(weight, parameters.keys(declared, i)));
    }
    parameters.reportNames(declared);
    return applied;
  }

  private int weight(List<ParameterDeclaration> declared) {
    int weight = Limit.NO_PARAMETER;
    for (ParameterDeclaration parameter : declared) {
      if (!parameter.isWeight()) {
        continue;
      }
      String type = types[parameter.parameter()].getClassName();
      if (!isWhole(type)) {
        missed.accept(
            "@Weight is on a parameter of type "
                + type
                + "; it must be int, long, Integer or Long. Each call takes the annotation's"
                + " weight");
      } else if (weight != Limit.NO_PARAMETER) {
        missed.accept(
            "@Weight is on several parameters; it must be on one. The first is the weight");
      } else {
        weight = parameter.parameter();
      }
    }
    return weight;
  }

  private static boolean isWhole(String type) {
    return type.equals("int")
        || type.equals("long")
        || type.equals("java.lang.Integer")
        || type.equals("java.lang.Long");
  }

  private List<Integer> keys(List<ParameterDeclaration> declared, int limit) {
    List<Integer> keys = new ArrayList<>();
    for (ParameterDeclaration parameter : declared) {
      boolean isKey =
          parameter.limiters().isEmpty()
              ? limit == 0
              : parameter.limiters().contains(limits.get(limit).limiter());
      if (!parameter.isWeight() && isKey) {
        keys.add(parameter.parameter());
      }
    }
    return keys;
  }

  private void reportNames(List<ParameterDeclaration> declared) {
    List<String> names = new ArrayList<>();
    for (Limit limit : limits) {
      names.add(limit.limiter());
    }
    for (ParameterDeclaration parameter : declared) {
      for (String name : parameter.limiters()) {
        if (!names.contains(name)) {
          missed.accept(
              "@LimitKey names '"
                  + name
                  + "', which doesn't limit this method; it is limited by "
                  + String.join(", ", names));
        }
      }
    }
  }
}
