package dev.tollgate.agent.weave;

/** The names that CGLIB, Spring, Weld and Micronaut give proxies, without loading any. */
final class ProxyNames {
  private ProxyNames() {}

  /** Whether it is a proxy that extends the class of its target. */
  static boolean isOfSubclass(String internalName) {
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
