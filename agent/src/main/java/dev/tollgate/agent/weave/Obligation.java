package dev.tollgate.agent.weave;

/** What overrides {@code method} is limited, for this cause. */
record Obligation(ClassShape type, MethodShape method, Cause cause) {

  /** Whether a method of a class in this package may override it at all. */
  boolean isSeenIn(String packageName) {
    return method.isSeenOutsideItsPackage() || type.packageName().equals(packageName);
  }
}
