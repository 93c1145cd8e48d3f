package dev.tollgate.agent.link;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/**
 * A call site that could not be linked for a fault of ours. Each call tries again, and passes where
 * that fails too.
 */
final class UnlinkedSite {
  private final Linker linker;
  private final SiteRequest request;
  private final MutableCallSite site;

  private UnlinkedSite(Linker linker, SiteRequest request) {
    this.linker = linker;
    this.request = request;
    this.site = new MutableCallSite(request.type());
  }

  static CallSite of(Linker linker, SiteRequest request) {
    UnlinkedSite unlinked = new UnlinkedSite(linker, request);
    try {
      unlinked.site.setTarget(
          MethodHandles.lookup()
              .findVirtual(
                  UnlinkedSite.class,
                  request.type().returnType() == void.class ? "call" : "callForCell",
                  request.type())
              .bindTo(unlinked));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return unlinked.site;
  }

  // One for each type of call site.

  void call() throws Throwable {
    MethodHandle target = relink();
    if (target != null) {
      target.invokeExact();
    }
  }

  void call(int depth) throws Throwable {
    MethodHandle target = relink();
    if (target != null) {
      target.invokeExact(depth);
    }
  }

  int[] callForCell() throws Throwable {
    MethodHandle target = relink();
    return target == null ? new int[1] : (int[]) target.invokeExact();
  }

  private @Nullable MethodHandle relink() {
    try {
      MethodHandle target = linker.link(request).dynamicInvoker();
      site.setTarget(target);
      return target;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable fault) {
      linker.report(request, fault);
      return null;
    }
  }
}
