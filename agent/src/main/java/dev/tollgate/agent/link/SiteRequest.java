package dev.tollgate.agent.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A call site that wants a target, as the dispatcher hands it over.
 *
 * @param spec what it is to know, by its form
 * @param method the woven method, for reports
 */
record SiteRequest(
    MethodHandles.Lookup lookup, String form, MethodType type, String spec, String method) {

  static SiteRequest of(Object[] arguments) {
    return new SiteRequest(
        (MethodHandles.Lookup) arguments[0],
        (String) arguments[1],
        (MethodType) arguments[2],
        (String) arguments[3],
        (String) arguments[4]);
  }

  Class<?> caller() {
    return lookup.lookupClass();
  }

  /** {@code p.Type.send(String)}. */
  String where() {
    return caller().getName() + "." + method;
  }
}
