package dev.tollgate.agent.link;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.LimiterCore;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Binds each woven call site to its limiter, once, so that the JIT sees a constant: no lookup by
 * name is left on the way of a permit.
 *
 * <p>Takes the arguments of the dispatcher's {@code link} as it has them. Throws nothing of its
 * own: a fault of ours becomes a call site that passes, and tries to link again at the next call.
 */
public final class Linker implements Function<Object[], CallSite> {
  /** Takes a permit: {@code () → void}. */
  public static final String TAKE = "take";

  /** Takes a permit where the depth is 0: {@code (int depth) → void}. */
  public static final String TAKE_IF_OUTERMOST = "takeIfOutermost";

  /**
   * Answers with the cell in which the thread keeps how deep it is inside a group of methods that
   * is charged once an entry: {@code () → int[1]}. In place of a limiter, the group is named: the
   * type that declares it, if any, {@code #}, and whatever tells it from others.
   */
  public static final String ENTER = "enter";

  /** The same for a method that only looks at the cell. */
  public static final String LOOK = "look";

  private final LimiterRegistry registry;
  private final boolean failsUnknown;
  private final AgentReport report;
  private final Console console;
  private final Map<String, EntryDepth> rules = new ConcurrentHashMap<>();

  /**
   * @param failsUnknown whether a call to a limiter that nobody defined fails; otherwise it passes
   */
  public Linker(
      LimiterRegistry registry, boolean failsUnknown, AgentReport report, Console console) {
    this.registry = registry;
    this.failsUnknown = failsUnknown;
    this.report = report;
    this.console = console;
  }

  /**
   * Goes the ways of a grant and of a refusal once, with a limiter that nobody sees, so that every
   * class on them is initialised. One that fails to, at the end of the program's stack, stays
   * failed.
   */
  public static void warmUp() {
    LimiterRegistry scratch = new LimiterRegistry(Ticker.system());
    String name = scratch.names().iterator().next();
    LimiterCore core = Objects.requireNonNull(scratch.findCore(name));
    core.take(1, 0);
    core.take(1, 0);
    Refusals.of(Linker.class, name, 1, core.take(Long.MAX_VALUE, 0));
    Refusals.unknown(Linker.class, scratch.unknown(name));
  }

  @Override
  public CallSite apply(Object[] arguments) {
    SiteRequest request = SiteRequest.of(arguments);
    try {
      return link(request);
    } catch (VirtualMachineError e) {
      // The program's own, at the end of its stack or memory: the JVM links again at the next call.
      throw e;
    } catch (Throwable fault) {
      report(request, fault);
      return UnlinkedSite.of(this, request);
    }
  }

  CallSite link(SiteRequest request) throws ReflectiveOperationException {
    return switch (request.form()) {
      case TAKE, TAKE_IF_OUTERMOST -> {
        LimiterCore core = registry.findCore(request.limiter());
        yield core == null
            ? new UnknownLimiterSite(this, request).callSite()
            : new ConstantCallSite(bound(request, core));
      }
      case ENTER -> new ConstantCallSite(depth(request).entering(request.type()));
      case LOOK -> new ConstantCallSite(depth(request).looking(request.type()));
      default -> throw new IllegalArgumentException("no form " + request.form());
    };
  }

  private EntryDepth depth(SiteRequest request) {
    String group = request.limiter();
    int hash = group.indexOf('#');
    if (hash > 0) {
      return EntryDepth.of(
          Supertypes.named(request.caller(), group.substring(0, hash)), group.substring(hash + 1));
    }
    EntryDepth ofRule = rules.get(group);
    if (ofRule == null) {
      EntryDepth fresh = new EntryDepth();
      EntryDepth other = rules.putIfAbsent(group, fresh);
      ofRule = other == null ? fresh : other;
    }
    return ofRule;
  }

  /** The call site's target once its limiter is known. */
  MethodHandle bound(SiteRequest request, LimiterCore core) throws ReflectiveOperationException {
    WovenCall call =
        new WovenCall(core, request.weight(), request.timeoutNanos(), request.caller());
    return MethodHandles.lookup()
        .findVirtual(WovenCall.class, request.form(), request.type())
        .bindTo(call);
  }

  LimiterRegistry registry() {
    return registry;
  }

  boolean failsUnknown() {
    return failsUnknown;
  }

  void report(SiteRequest request, Throwable fault) {
    String why = "calls pass unlimited until they can be linked: " + fault;
    String className = request.caller().getName();
    report.add(new MissedMethod(className, request.method(), why));
    console.error(className + "." + request.method() + ": " + why);
  }
}
