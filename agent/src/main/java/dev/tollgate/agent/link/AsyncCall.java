package dev.tollgate.agent.link;

import dev.tollgate.limiter.JointOutcome;
import dev.tollgate.limiter.Outcome;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a method calls that answers with a future, once its permits turned out not to be there:
 * another future. When the permits have come, the method is called again, on the thread that brings
 * them, and is let through once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Futures are answered with, or told to tell another.
final class AsyncCall {
  /** The method that is to be let through, while it is being called. */
  private static final ThreadLocal<@Nullable Pass> LET_THROUGH = new ThreadLocal<>();

  private final BoundLimits limits;
  private final SelfCall self;
  private final SiteRequest site;
  private final Pass pass;

  AsyncCall(BoundLimits limits) throws ReflectiveOperationException {
    this.limits = limits;
    this.site = limits.site();
    this.self = SelfCall.of(site, limits.spec());
    this.pass = new Pass(site.caller(), Objects.requireNonNull(limits.spec().self()));
  }

  /** Goes the ways of a call that has to wait, in place of {@code demand}'s limiters. */
  void warmUp(Demand demand, @Nullable Object... ofMethod) {
    CompletableFuture<Long> granted = new CompletableFuture<>();
    CompletableFuture<Long> refused = new CompletableFuture<>();
    waiting(granted, demand, ofMethod);
    waiting(refused, demand, ofMethod);
    waiting(new CompletableFuture<>(), demand, ofMethod).cancel(false);
    granted.complete(0L);
    refused.complete(~1L);
  }

  /** Whether this call is the one for which permits have come. */
  boolean isLetThrough() {
    if (!pass.equals(LET_THROUGH.get())) {
      return false;
    }
    LET_THROUGH.remove();
    return true;
  }

  /**
   * What the call answers with, since it may not begin now; null if it may after all.
   *
   * @param arguments of the call site: depths first
   */
  @Nullable Object later(@Nullable Object[] arguments) throws Throwable {
    Demand demand = limits.demand(arguments);
    @Nullable Object[] ofMethod =
        Arrays.copyOfRange(arguments, limits.spec().depths(), arguments.length);
    CompletableFuture<Long> taken = demand.takeLater();
    if (taken.isDone()) {
      JointOutcome outcome = demand.outcome(taken);
      return outcome.isGranted() ? null : refused(demand.refused(site.caller(), outcome), ofMethod);
    }
    return waiting(taken, demand, ofMethod);
  }

  private LimitedFuture waiting(
      CompletableFuture<Long> taken, Demand demand, @Nullable Object[] ofMethod) {
    LimitedFuture future = new LimitedFuture(taken);
    taken.whenComplete(
        new Decision(
            future, taken, demand, ofMethod, Thread.currentThread().getContextClassLoader()));
    return future;
  }

  private Object refused(RuntimeException refusal, @Nullable Object[] ofMethod) throws Throwable {
    MethodHandle fallback = self.fallback();
    if (fallback == null) {
      return CompletableFuture.failedFuture(refusal);
    }
    @Nullable Object[] withRefusal = Arrays.copyOf(ofMethod, ofMethod.length + 1);
    withRefusal[ofMethod.length] = refusal;
    Object answer = fallback.invokeExact(withRefusal);
    // Null would let the method begin.
    return answer != null
        ? answer
        : CompletableFuture.failedFuture(
            new NullPointerException("the fallback of " + site.where() + " answered with null"));
  }

  private Object begin(@Nullable Object[] ofMethod) throws Throwable {
    Object answer;
    LET_THROUGH.set(pass);
    try {
      answer = self.method().invokeExact(ofMethod);
    } finally {
      // Still there where the method didn't come as far as its head, or is no longer limited.
      LET_THROUGH.remove();
    }
    if (answer == null) {
      throw new NullPointerException(site.where() + " answered with null");
    }
    return answer;
  }

  private RuntimeException refusedLater(Demand demand, JointOutcome outcome) {
    RuntimeException refusal = demand.refused(site.caller(), outcome);
    StackTraces.nameOnly(refusal, site.caller(), pass.method().name());
    return refusal;
  }

  /** By name, not by call site: the class may be woven anew meanwhile. */
  private record Pass(Class<?> caller, SiteMethod method) {}

  /** What happens when it is known whether permits have come. Not a lambda: see WarmUp. */
  private final class Decision implements BiConsumer<@Nullable Long, @Nullable Throwable> {
    private final LimitedFuture future;
    private final CompletableFuture<Long> taken;
    private final Demand demand;
    private final @Nullable Object[] ofMethod;
    private final @Nullable ClassLoader context;

    Decision(
        LimitedFuture future,
        CompletableFuture<Long> taken,
        Demand demand,
        @Nullable Object[] ofMethod,
        @Nullable ClassLoader context) {
      this.future = future;
      this.taken = taken;
      this.demand = demand;
      this.ofMethod = ofMethod;
      this.context = context;
    }

    @Override
    public void accept(@Nullable Long outcome, @Nullable Throwable failure) {
      if (outcome == null) {
        if (failure != null) {
          // Of a future that was cancelled, which has ended before.
          future.completeExceptionally(failure);
        }
      } else if (!future.isDone()) {
        decide(outcome);
      } else {
        // However it ended, the method won't begin.
        demand.giveBack(taken);
      }
    }

    private void decide(long outcome) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      try {
        thread.setContextClassLoader(context);
        Object answer =
            Outcome.granted(outcome)
                ? begin(ofMethod)
                : refused(refusedLater(demand, demand.outcome(taken)), ofMethod);
        future.follow((CompletionStage<?>) answer);
      } catch (Throwable thrown) {
        future.completeExceptionally(thrown);
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}
