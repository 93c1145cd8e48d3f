package dev.tollgate.agent.link;

import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Presets;
import dev.tollgate.limiter.Ticker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Goes the ways of those forms that not every program has, with a limiter that nobody sees, so that
 * every class on them is initialised before it can fail to at the end of the program's stack.
 */
public final class FormWarmUp {
  private static final String LIMITER = Presets.byName().keySet().iterator().next();
  private static final int NONE = SiteLimit.NO_ARGUMENT;

  private final LimiterRegistry scratch = new LimiterRegistry(new NeverDue());
  private final KeyedCore core = Objects.requireNonNull(scratch.findCore(LIMITER));

  private FormWarmUp() {}

  /** Weights, keys, several limits, fallbacks. */
  public static void general() throws Throwable {
    FormWarmUp warmUp = new FormWarmUp();
    for (int depths = 0; depths <= 1; depths++) {
      for (String form : new String[] {Linker.TAKE, Linker.REFUSAL}) {
        warmUp.ask(form, depths, NONE, List.of(), 1);
        warmUp.ask(form, depths, NONE, List.of(), 2);
        warmUp.ask(form, depths, 0, List.of(), 1, long.class);
        warmUp.ask(form, depths, 0, List.of(), 1, Integer.class);
        warmUp.ask(form, depths, NONE, List.of(0), 1, Object.class);
        warmUp.ask(form, depths, 0, List.of(0, 1), 2, int.class, Object.class);
      }
    }
    SiteLimit never =
        new SiteLimit(LIMITER, Long.MAX_VALUE, 0, SiteLimit.NO_GROUP, NONE, List.of());
    SiteRequest request = request(Linker.REFUSAL, MethodType.methodType(Throwable.class));
    SiteSpec spec = new SiteSpec(List.of(never, never), 0, null, null);
    Targets.of(request, spec, new KeyedCore[] {warmUp.core, warmUp.core}).invoke();
    Refusals.ofWeight(request, "null");
  }

  /** Methods that answer with a future. */
  public static void later() throws Throwable {
    FormWarmUp warmUp = new FormWarmUp();
    warmUp.ask(Linker.LATER, 0, NONE, List.of(), 1, long.class);
    warmUp.ask(Linker.LATER, 1, NONE, List.of(), 1, long.class);
    KeyedCore core = warmUp.core;
    core.giveBack(core.takeLater(1, 0));
    core.take(core.available(), 0);
    core.takeLater(1, -1).cancel(false);
    SiteMethod self = new SiteMethod("answer", "(J)Ljava/util/concurrent/CompletableFuture;", true);
    SiteLimit limit = new SiteLimit(LIMITER, 1, 0, SiteLimit.NO_GROUP, NONE, List.of());
    BoundLimits limits =
        new BoundLimits(
            new SiteSpec(List.of(limit), 0, self, null),
            new KeyedCore[] {core},
            request(Linker.LATER, MethodType.methodType(CompletableFuture.class, long.class)));
    new AsyncCall(limits).warmUp(limits.demand(new Object[] {1L}), 1L);
  }

  /** In the place of a limited method. */
  static CompletableFuture<Object> answer(long argument) {
    return CompletableFuture.completedFuture(argument);
  }

  private void ask(
      String form, int depths, int weight, List<Integer> keys, int limits, Class<?>... arguments)
      throws Throwable {
    SiteLimit limit = new SiteLimit(LIMITER, 0, 0, depths - 1, weight, keys);
    SiteMethod self = new SiteMethod("answer", "(J)Ljava/util/concurrent/CompletableFuture;", true);
    SiteSpec spec =
        new SiteSpec(
            limits == 1 ? List.of(limit) : List.of(limit, limit),
            depths,
            form.equals(Linker.LATER) ? self : null,
            null);
    KeyedCore[] cores = new KeyedCore[limits];
    for (int i = 0; i < limits; i++) {
      cores[i] = core;
    }
    MethodType type = MethodType.methodType(answers(form), arguments);
    if (depths == 1) {
      type = type.insertParameterTypes(0, int.class);
    }
    MethodHandle target = Targets.of(request(form, type), spec, cores);
    Object[] values = new Object[type.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.parameterType(i) == long.class ? (Object) 0L : (Object) 0;
    }
    target.invokeWithArguments(values);
  }

  private static Class<?> answers(String form) {
    return switch (form) {
      case Linker.TAKE -> void.class;
      case Linker.REFUSAL -> Throwable.class;
      default -> CompletableFuture.class;
    };
  }

  private static SiteRequest request(String form, MethodType type) {
    return new SiteRequest(MethodHandles.lookup(), form, type, "", "answer(long)");
  }

  /** Starts no timer: the program's first should be its own. */
  private static final class NeverDue implements Ticker {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void park(Object blocker, long nanos) {}

    @Override
    public CompletableFuture<Void> alarm(long nanos) {
      return new CompletableFuture<>();
    }
  }
}
