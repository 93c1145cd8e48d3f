package dev.tollgate.agent.link;

import dev.tollgate.limiter.LimiterCore;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * A call site whose limiter nobody has defined yet. Each call looks again; the first that finds it
 * binds the site for good.
 */
final class UnknownLimiterSite {
  private final Linker linker;
  private final SiteRequest request;
  private final MutableCallSite site;

  UnknownLimiterSite(Linker linker, SiteRequest request) throws ReflectiveOperationException {
    this.linker = linker;
    this.request = request;
    this.site = new MutableCallSite(request.type());
    MethodHandle call =
        MethodHandles.lookup()
            .findVirtual(UnknownLimiterSite.class, request.form(), request.type())
            .bindTo(this);
    site.setTarget(call);
  }

  CallSite callSite() {
    return site;
  }

  // Named like the forms that they stand in for.
  void take() {
    LimiterCore core = linker.registry().findCore(request.limiter());
    if (core == null) {
      if (linker.failsUnknown()) {
        throw Refusals.unknown(request.caller(), linker.registry().unknown(request.limiter()));
      }
      return;
    }
    try {
      site.setTarget(linker.bound(request, core));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    new WovenCall(core, request.weight(), request.timeoutNanos(), request.caller()).take();
  }

  void takeIfOutermost(int depth) {
    if (depth == 0) {
      take();
    }
  }
}
