package dev.tollgate.agent.link;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
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
  /** Takes permits, or throws: {@code (int depth…, argument…) → void}. */
  public static final String TAKE = "take";

  /** Takes permits and answers with null, or with the refusal: {@code (…) → Throwable}. */
  public static final String REFUSAL = "refusal";

  /**
   * Takes permits and answers with null, or with the future that the method itself answers with
   * when it has been called again: {@code (int depth…, receiver, argument…) → future}.
   */
  public static final String LATER = "later";

  /**
   * Answers with the cell in which the thread keeps how deep it is inside a group of methods that
   * is charged once an entry: {@code () → int[1]}. The site's spec is the group: the type that
   * declares it, if any, {@code #}, and whatever tells it from others.
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
    KeyedCore core = Objects.requireNonNull(scratch.findCore(name));
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
      case TAKE, REFUSAL, LATER -> taking(request, SiteSpec.parse(request.spec()));
      case ENTER -> new ConstantCallSite(depth(request).entering(request.type()));
      case LOOK -> new ConstantCallSite(depth(request).looking(request.type()));
      default -> throw new IllegalArgumentException("no form " + request.form());
    };
  }

  private CallSite taking(SiteRequest request, SiteSpec spec) throws ReflectiveOperationException {
    KeyedCore[] cores = new KeyedCore[spec.limits().size()];
    for (int i = 0; i < cores.length; i++) {
      KeyedCore core = registry.findCore(spec.limits().get(i).limiter());
      if (core == null) {
        return new UnknownLimiterSite(this, request, spec).callSite();
      }
      cores[i] = core;
    }
    return new ConstantCallSite(Targets.of(request, spec, cores));
  }

  private EntryDepth depth(SiteRequest request) {
    String group = request.spec();
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

  LimiterRegistry registry() {
    return registry;
  }

  boolean failsUnknown() {
    return failsUnknown;
  }

  void report(SiteRequest request, Throwable fault) {
    String why = "calls pass unlimited until they can be linked: " + fault;
    report.add(new MissedMethod(request.caller().getName(), request.method(), why));
    console.fault(request.where() + ": " + why, fault);
  }
}
