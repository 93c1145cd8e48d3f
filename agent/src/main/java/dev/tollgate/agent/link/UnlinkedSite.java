package dev.tollgate.agent.link;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
                  UnlinkedSite.class, "call", MethodType.methodType(Object.class, Object[].class))
              .bindTo(unlinked)
              .asCollector(Object[].class, request.type().parameterCount())
              .asType(request.type()));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // More arguments than can be collected, for instance.
      return new ConstantCallSite(MethodHandles.empty(request.type()));
    }
    return unlinked.site;
  }

  @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
    MethodHandle target = relink();
    return target == null ? passing() : target.invokeWithArguments(arguments);
  }

  /** Null means granted, and that the method may begin; a cell has to be there. */
  private int @Nullable [] passing() {
    return request.type().returnType() == int[].class ? new int[1] : null;
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
