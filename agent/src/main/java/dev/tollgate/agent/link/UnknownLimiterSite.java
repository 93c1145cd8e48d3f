package dev.tollgate.agent.link;

import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.LimiterRegistry;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call site of which nobody has defined a limiter yet. Each call looks again; the first that
 * finds them all binds the site for good.
 */
final class UnknownLimiterSite {
  private final Linker linker;
  private final SiteRequest request;
  private final SiteSpec spec;
  private final MutableCallSite site;

  UnknownLimiterSite(Linker linker, SiteRequest request, SiteSpec spec)
      throws ReflectiveOperationException {
    this.linker = linker;
    this.request = request;
    this.spec = spec;
    this.site = new MutableCallSite(request.type());
    site.setTarget(
        MethodHandles.lookup()
            .findVirtual(
                UnknownLimiterSite.class,
                "call",
                MethodType.methodType(Object.class, Object[].class))
            .bindTo(this)
            .asCollector(Object[].class, request.type().parameterCount())
            .asType(request.type()));
  }

  CallSite callSite() {
    return site;
  }

  @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
    LimiterRegistry registry = linker.registry();
    List<SiteLimit> known = new ArrayList<>();
    List<KeyedCore> cores = new ArrayList<>();
    SiteLimit unknown = null;
    for (SiteLimit limit : spec.limits()) {
      KeyedCore core = registry.findCore(limit.limiter());
      if (core != null) {
        known.add(limit);
        cores.add(core);
      } else if (unknown == null && BoundLimits.counts(limit, arguments)) {
        unknown = limit;
      }
    }
    if (unknown != null && linker.failsUnknown()) {
      return fail(Refusals.unknown(request.caller(), registry.unknown(unknown.limiter())));
    }
    if (known.isEmpty()) {
      return null;
    }
    MethodHandle target = Targets.of(request, spec.with(known), cores.toArray(new KeyedCore[0]));
    if (known.size() == spec.limits().size()) {
      site.setTarget(target);
    }
    return target.invokeWithArguments(arguments);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The woven method answers with it.
  private Object fail(RuntimeException exception) {
    if (request.form().equals(Linker.LATER)) {
      return CompletableFuture.failedFuture(exception);
    }
    throw exception;
  }
}
