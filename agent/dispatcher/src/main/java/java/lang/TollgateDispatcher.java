package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.function.Function;

/**
 * The one class of Tollgate that application classes see. It stands in {@code java.lang} because
 * every class loader delegates that package to the bootstrap loader, OSGi's too, and every named
 * module reads {@code java.base}. It knows JDK types only and does nothing itself: both ends behind
 * it live in the agent's own class loader.
 */
public final class TollgateDispatcher {
  private static volatile Function<Object[], CallSite> linker;
  private static volatile Map<String, Object> door;

  private TollgateDispatcher() {}

  /**
   * Called by the agent, to which alone {@code java.lang} is open: when it comes, when it goes, and
   * when it comes again. Whoever was first stays the only one, where a program has opened this
   * package to all.
   */
  private static synchronized void install(
      Function<Object[], CallSite> newLinker, Map<String, Object> newDoor) {
    Function<Object[], CallSite> first = linker;
    if (first != null
        && first.getClass().getClassLoader() != newLinker.getClass().getClassLoader()) {
      throw new IllegalStateException("a Tollgate agent is installed in this JVM already");
    }
    linker = newLinker;
    door = newDoor;
  }

  /**
   * The bootstrap method of each woven {@code invokedynamic}. Hands its arguments on, in order.
   *
   * @param form which of the agent's forms the call site has: the name of the invokedynamic
   * @param spec what the call site is to know, by its form
   * @param method the woven method, for reports
   */
  public static CallSite link(
      MethodHandles.Lookup caller, String form, MethodType type, String spec, String method) {
    return linker.apply(new Object[] {caller, form, type, spec, method});
  }

  /**
   * The way to the JVM-wide limiters for copies of the runtime in any loader: functions over JDK
   * types, by name. Unmodifiable; null until the agent is installed.
   */
  public static Map<String, Object> door() {
    return door;
  }
}
