package dev.tollgate.agent.weave;

import dev.tollgate.agent.hierarchy.JdkNames;
import dev.tollgate.config.MethodPattern;
import dev.tollgate.config.Rule;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration's rules, by the types that they name. */
public final class Rules {
  private final Map<String, RuledMethods> byText = new LinkedHashMap<>();
  private final Map<String, List<RuledMethods>> byType = new HashMap<>();
  private final List<RuledMethods> withStars = new ArrayList<>();
  private final boolean namesJdk;

  private Rules(List<Rule> rules) {
    boolean jdk = false;
    for (Rule rule : rules) {
      MethodPattern pattern = MethodPattern.parse(rule.method());
      RuledMethods methods = byText.get(pattern.toString());
      if (methods == null) {
        methods = new RuledMethods(pattern, rule.origin());
        byText.put(pattern.toString(), methods);
        jdk |= index(methods);
      }
      Duration timeout = rule.timeout();
      methods.add(
          new RuleLimit(
              rule.limiter(),
              rule.weight(),
              timeout == null ? Outcome.OWN_TIMEOUT : Waits.nanos(timeout)));
    }
    namesJdk = jdk;
  }

  /** Those of a configuration. */
  public static Rules of(List<Rule> rules) {
    return new Rules(rules);
  }

  /** Rules that matched no method so far. */
  public List<MissedMethod> unmatched() {
    List<MissedMethod> unmatched = new ArrayList<>();
    for (RuledMethods methods : byText.values()) {
      if (!methods.isFound()) {
        unmatched.add(
            new MissedMethod(
                "",
                methods.pattern().toString(),
                methods.origin()
                    + ": no method was loaded so far that this rule names; if its class is in use,"
                    + " compare the names"));
      }
    }
    return unmatched;
  }

  /** Whether any of them may name a class of the JDK's module, or reach one. */
  boolean mayName(Module module) {
    return namesJdk && !isUnlimitable(module.getName());
  }

  /** Whether they may reach a loaded class of the JDK. */
  public boolean mayReach(Class<?> type) {
    return mayName(type.getModule()) && nameAny(type);
  }

  private boolean nameAny(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (name(each.getName().replace('.', '/'))) {
        return true;
      }
      for (Class<?> face : each.getInterfaces()) {
        if (nameAny(face)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of the modules that permits are taken with; the configuration refuses rules that name them. */
  private static boolean isUnlimitable(@Nullable String module) {
    return module == null
        || module.equals("java.base")
        || module.equals("java.instrument")
        || module.equals("java.logging")
        || module.equals("java.management");
  }

  /** Whether any of them may name a class of the JDK. */
  boolean nameJdk() {
    return namesJdk;
  }

  boolean isEmpty() {
    return byText.isEmpty();
  }

  /** Whether any of them names this very type. */
  public boolean name(Class<?> type) {
    return name(type.getName().replace('.', '/'));
  }

  boolean name(String internalName) {
    if (byText.isEmpty()) {
      return false;
    }
    return byType.containsKey(internalName) || !starred(internalName).isEmpty();
  }

  /** Those that name this very type. */
  List<RuledMethods> naming(String internalName) {
    if (byText.isEmpty()) {
      return List.of();
    }
    List<RuledMethods> starred = starred(internalName);
    List<RuledMethods> exact = byType.getOrDefault(internalName, List.of());
    if (starred.isEmpty()) {
      return exact;
    }
    List<RuledMethods> both = new ArrayList<>(exact);
    both.addAll(starred);
    return both;
  }

  private List<RuledMethods> starred(String internalName) {
    if (withStars.isEmpty() || JdkNames.contains(internalName)) {
      return List.of();
    }
    String className = internalName.replace('/', '.');
    List<RuledMethods> found = List.of();
    for (RuledMethods methods : withStars) {
      if (methods.pattern().matchesType(className)) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(methods);
      }
    }
    return found;
  }

  /** Whether it names a class of the JDK. */
  private boolean index(RuledMethods methods) {
    if (methods.pattern().hasStarInType()) {
      withStars.add(methods);
      return false;
    }
    boolean jdk = false;
    for (String name : methods.pattern().internalNames()) {
      List<RuledMethods> ofName = byType.get(name);
      if (ofName == null) {
        ofName = new ArrayList<>();
        byType.put(name, ofName);
      }
      ofName.add(methods);
      jdk |= JdkNames.contains(name);
    }
    return jdk;
  }
}
