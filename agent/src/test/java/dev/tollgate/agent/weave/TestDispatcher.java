package dev.tollgate.agent.weave;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/**
 * In the place of {@code java.lang.TollgateDispatcher}, which is there only under the agent. Of the
 * same shape.
 */
public final class TestDispatcher {
  static volatile Function<Object[], CallSite> linker;

  private TestDispatcher() {}

  public static CallSite link(
      MethodHandles.Lookup caller, String form, MethodType type, String spec, String method) {
    return linker.apply(new Object[] {caller, form, type, spec, method});
  }
}
