package dev.tollgate.agent.weave;

/**
 * Proxies that extend the class of their target, known by the names that CGLIB, Spring, Weld and
 * Micronaut give them. Those of the JDK are no subclasses, and whatever stands behind one may be no
 * target at all.
 */
final class SubclassProxies {
  private SubclassProxies() {}

  static boolean isOne(String internalName) {
    return internalName.contains("$$SpringCGLIB$$")
        || internalName.contains("$$EnhancerBy")
        || copiesAnnotations(internalName)
        || internalName.endsWith("$Definition$Intercepted");
  }

  /** Whether the annotations of its methods are copies of its target's: Weld makes some. */
  static boolean copiesAnnotations(String internalName) {
    return internalName.contains("$_$$_Weld");
  }

  /** Whether it always has a target of its type, though it may extend none: of a bean's scope. */
  static boolean isOfScope(String internalName) {
    return internalName.endsWith("$_$$_WeldClientProxy");
  }
}
