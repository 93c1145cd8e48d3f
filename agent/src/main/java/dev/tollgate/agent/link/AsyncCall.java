package dev.tollgate.agent.link;

import dev.tollgate.limiter.LimiterCore;
import dev.tollgate.limiter.Outcome;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a method calls that answers with a future. Where the permit is there, null, and the method
 * goes on. Where it isn't, another future: when the permit has come, the method is called again, on
 * the thread that brings it, and is let through once.
 */
final class AsyncCall {
  /** The method that is to be let through, while it is being called. */
  private static final ThreadLocal<@Nullable Pass> LET_THROUGH = new ThreadLocal<>();

  private final BoundLimits limits;
  private final @Nullable BoundLimits ofTest;
  private final SelfCall self;
  private final Class<?> caller;
  private final Pass pass;

  /**
   * @param limits by all arguments of the call site
   * @param ofTest by those that {@link #mayBegin(Object[])} gets
   */
  AsyncCall(BoundLimits limits, @Nullable BoundLimits ofTest, SelfCall self, SiteRequest request) {
    this.limits = limits;
    this.ofTest = ofTest;
    this.self = self;
    this.caller = request.caller();
    this.pass = new Pass(caller, Objects.requireNonNull(limits.spec().self()));
  }

  /** Of one limit that speaks of no argument. */
  boolean mayBegin() {
    return isLetThrough() || Outcome.granted(only().takeIfThere(onlyLimit().weight()));
  }

  /** The same, inside a group. */
  boolean mayBeginAtDepth(int depth) {
    return isLetThrough() || depth > 0 || Outcome.granted(only().takeIfThere(onlyLimit().weight()));
  }

  /** Of any limits. */
  boolean mayBegin(@Nullable Object[] arguments) {
    return isLetThrough()
        || Outcome.granted(Objects.requireNonNull(ofTest).demand(arguments).takeIfThere());
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
      long outcome = taken.join();
      return Outcome.granted(outcome) ? null : refused(demand, outcome, ofMethod);
    }
    LimitedFuture future = new LimitedFuture(taken);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    taken.whenComplete(
        (outcome, failure) -> {
          if (failure == null) {
            decided(future, demand, outcome, ofMethod, context);
          }
        });
    return future;
  }

  private void decided(
      LimitedFuture future,
      Demand demand,
      long outcome,
      @Nullable Object[] ofMethod,
      @Nullable ClassLoader context) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(context);
      Object answer =
          Outcome.granted(outcome) ? begin(ofMethod) : refused(demand, outcome, ofMethod);
      if (answer == null) {
        throw new NullPointerException(limits.where() + " answered with null");
      }
      future.follow((CompletionStage<?>) answer);
    } catch (Throwable thrown) {
      future.completeExceptionally(thrown);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private @Nullable Object begin(@Nullable Object[] ofMethod) throws Throwable {
    LET_THROUGH.set(pass);
    try {
      return self.method().invokeExact(ofMethod);
    } finally {
      LET_THROUGH.remove();
    }
  }

  private Object refused(Demand demand, long outcome, @Nullable Object[] ofMethod)
      throws Throwable {
    RuntimeException refusal = demand.refused(caller, outcome);
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
            new NullPointerException("the fallback of " + limits.where() + " answered with null"));
  }

  private boolean isLetThrough() {
    if (!pass.equals(LET_THROUGH.get())) {
      return false;
    }
    LET_THROUGH.remove();
    return true;
  }

  private LimiterCore only() {
    return limits.cores()[0];
  }

  private SiteLimit onlyLimit() {
    return limits.spec().limits().get(0);
  }

  /** By name, not by call site: the class may be woven anew meanwhile. */
  private record Pass(Class<?> caller, SiteMethod method) {}
}
