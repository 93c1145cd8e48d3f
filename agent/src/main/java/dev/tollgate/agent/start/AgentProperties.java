package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The properties of this JVM that nobody reads but who may attach to it: the same user of the
 * machine, over {@code VirtualMachine.getAgentProperties}. Unlike system properties, no bean shows
 * them and no program sees them.
 *
 * <p>The JDK has a way to read them and none to write them, so the class that holds them is opened
 * to the agent's own loader.
 */
final class AgentProperties {
  private static final String PACKAGE = "jdk.internal.vm";

  private AgentProperties() {}

  /**
   * @throws ReflectiveOperationException if this JVM keeps them elsewhere
   */
  static Properties of(Instrumentation instrumentation) throws ReflectiveOperationException {
    Module base = Object.class.getModule();
    Module own = AgentProperties.class.getModule();
    if (base.getPackages().contains(PACKAGE) && !base.isExported(PACKAGE, own)) {
      instrumentation.redefineModule(
          base, Set.of(), Map.of(PACKAGE, Set.of(own)), Map.of(), Set.of(), Map.of());
    }
    return (Properties)
        Class.forName(PACKAGE + ".VMSupport", true, null)
            .getMethod("getAgentProperties")
            .invoke(null);
  }
}
