package dev.tollgate.agent.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A call site that wants a target, as the dispatcher hands it over. */
record SiteRequest(
    Class<?> caller,
    String form,
    MethodType type,
    String limiter,
    long weight,
    long timeoutNanos,
    String method) {

  static SiteRequest of(Object[] arguments) {
    return new SiteRequest(
        ((MethodHandles.Lookup) arguments[0]).lookupClass(),
        (String) arguments[1],
        (MethodType) arguments[2],
        (String) arguments[3],
        (Long) arguments[4],
        (Long) arguments[5],
        (String) arguments[6]);
  }
}
