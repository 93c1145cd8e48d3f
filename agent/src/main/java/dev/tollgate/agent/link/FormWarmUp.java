package dev.tollgate.agent.link;

import dev.tollgate.limiter.LimiterCore;
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
 * Goes the ways of those forms that not every program has, with limiters that nobody sees, so that
 * every class on them is initialised before it can fail to at the end of the program's stack.
 */
public final class FormWarmUp {
  private static final long ABOVE_CAPACITY = Long.MAX_VALUE;

  private FormWarmUp() {}

  /** Weights, keys, several limits, fallbacks. */
  public static void general() throws Throwable {
    MethodType weighted = MethodType.methodType(void.class, long.class);
    target(Linker.TAKE, weighted, limit(1, 0, List.of())).invoke(1L);
    MethodType boxed = MethodType.methodType(void.class, int.class, Integer.class);
    target(Linker.TAKE, boxed, new SiteSpec(List.of(of(1, 0, 0, List.of())), 1, null, null))
        .invoke(0, (Integer) 1);
    MethodType keyed = MethodType.methodType(void.class, int.class, Object.class);
    SiteLimit ofKey = of(1, 0, SiteLimit.NO_ARGUMENT, List.of(0));
    target(Linker.TAKE, keyed, new SiteSpec(List.of(ofKey), 1, null, null)).invoke(0, (Object) 1);
    MethodType refusal = MethodType.methodType(Throwable.class);
    SiteLimit never = of(ABOVE_CAPACITY, SiteLimit.NO_GROUP, SiteLimit.NO_ARGUMENT, List.of());
    target(Linker.REFUSAL, refusal, new SiteSpec(List.of(never, never), 0, null, null)).invoke();
    target(Linker.REFUSAL, refusal, new SiteSpec(List.of(never), 0, null, null)).invoke();
  }

  /** Methods that answer with a future. */
  public static void later() throws Throwable {
    SiteMethod self = new SiteMethod("answer", "(J)Ljava/util/concurrent/CompletableFuture;", true);
    SiteLimit limit =
        of(Presets.byName().get(name()).capacity(), SiteLimit.NO_GROUP, -1, List.of());
    MethodHandle later =
        target(
            Linker.LATER,
            MethodType.methodType(CompletableFuture.class, long.class),
            new SiteSpec(List.of(limit), 0, self, null));
    CompletableFuture<?> now = (CompletableFuture<?>) later.invoke(1L);
    CompletableFuture<?> waiting = (CompletableFuture<?>) later.invoke(1L);
    if (now != null || waiting == null) {
      throw new IllegalStateException("a full bucket grants once");
    }
    waiting.cancel(false);
  }

  /** In the place of a limited method. */
  static CompletableFuture<Object> answer(long argument) {
    return CompletableFuture.completedFuture(argument);
  }

  private static MethodHandle target(String form, MethodType type, SiteSpec spec)
      throws ReflectiveOperationException {
    LimiterRegistry scratch = new LimiterRegistry(Ticker.system());
    LimiterCore[] cores = new LimiterCore[spec.limits().size()];
    for (int i = 0; i < cores.length; i++) {
      cores[i] = Objects.requireNonNull(scratch.findCore(name()));
    }
    SiteRequest request = new SiteRequest(MethodHandles.lookup(), form, type, "", "answer(long)");
    return Targets.of(request, spec, cores);
  }

  private static SiteSpec limit(long weight, int argument, List<Integer> keys) {
    return new SiteSpec(List.of(of(weight, SiteLimit.NO_GROUP, argument, keys)), 0, null, null);
  }

  private static SiteLimit of(long weight, int group, int argument, List<Integer> keys) {
    return new SiteLimit(name(), weight, -1, group, argument, keys);
  }

  private static String name() {
    return Presets.byName().keySet().iterator().next();
  }
}
