package dev.tollgate.limiter;

import dev.tollgate.RateLimitExceededException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The public API over a core, wherever that lives. */
final class CoreRateLimiter implements RateLimiter {
  private final LimiterCore core;

  CoreRateLimiter(LimiterCore core) {
    this.core = core;
  }

  @Override
  public String name() {
    return core.name();
  }

  @Override
  public RateLimitConfig config() {
    return core.config();
  }

  @Override
  public boolean tryAcquire(long weight) {
    return Outcome.granted(core.take(weight, 0));
  }

  @Override
  public boolean tryAcquire(long weight, Duration timeout) throws InterruptedException {
    long outcome = core.take(weight, Waits.nanos(timeout));
    throwIfInterrupted(outcome);
    return Outcome.granted(outcome);
  }

  @Override
  public void acquire(long weight) throws InterruptedException {
    long outcome = core.take(weight, Outcome.OWN_TIMEOUT);
    throwIfInterrupted(outcome);
    if (!Outcome.granted(outcome)) {
      throw exceeded(weight, outcome, null);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // What depends on it can't fail.
  public CompletableFuture<Void> acquireAsync(long weight, Duration timeout) {
    CompletableFuture<Long> taken = core.takeLater(weight, Waits.nanos(timeout));
    PermitFuture permit = new PermitFuture(taken);
    taken.whenComplete(
        (outcome, failure) -> {
          if (failure != null) {
            permit.cancel(false);
          } else if (!Outcome.granted(outcome)) {
            permit.completeExceptionally(exceeded(weight, outcome, null));
          } else if (!permit.complete(null) && permit.isCompletedExceptionally()) {
            core.giveBack(taken);
          }
        });
    return permit;
  }

  @Override
  public void reconfigure(RateLimitConfig config) {
    core.reconfigure(config);
  }

  @Override
  public void pauseFor(Duration pause) {
    if (pause.isNegative()) {
      throw new IllegalArgumentException("pause is " + pause + "; it must be 0 or more");
    }
    core.pauseFor(Waits.nanos(pause));
  }

  @Override
  public void resume() {
    core.resume();
  }

  @Override
  public Permit limit() throws InterruptedException {
    acquire(1);
    return new InFlight(core);
  }

  @Override
  @SuppressWarnings("try") // Holding the permit is all there is to it.
  public void run(Runnable body) {
    long outcome = core.take(1, Outcome.OWN_TIMEOUT);
    if (Outcome.isInterrupted(outcome)) {
      throw exceeded(1, outcome, new InterruptedException());
    }
    if (!Outcome.granted(outcome)) {
      throw exceeded(1, outcome, null);
    }
    try (Permit permit = new InFlight(core)) {
      body.run();
    }
  }

  @Override
  public long availablePermits() {
    return core.available();
  }

  @Override
  public Duration retryAfter(long weight) {
    long nanos = core.retryAfterNanos(weight);
    return nanos == Outcome.NEVER ? ChronoUnit.FOREVER.getDuration() : Duration.ofNanos(nanos);
  }

  @Override
  public RateLimiterStats stats() {
    return core.stats();
  }

  @Override
  public String toString() {
    return "RateLimiter[" + core.name() + "]";
  }

  private static void throwIfInterrupted(long outcome) throws InterruptedException {
    if (Outcome.isInterrupted(outcome)) {
      Thread.interrupted();
      throw new InterruptedException();
    }
  }

  private RateLimitExceededException exceeded(
      long weight, long outcome, @Nullable InterruptedException cause) {
    Refusal refusal = Refusal.of(core.name(), weight, outcome);
    return new RateLimitExceededException(
        refusal.message(), core.name(), refusal.retryAfter(), cause);
  }

  /**
   * Cancelled before the tokens are there, they go back; later it can't be cancelled. The same
   * holds for whatever else makes it fail: its owner hears that there is no permit, so nobody uses
   * one. Where somebody completes it normally its owner hears that there is one, and goes on: the
   * tokens are taken then, now or when their moment comes, or the next call would come on top of
   * that one.
   */
  private static final class PermitFuture extends CompletableFuture<@Nullable Void> {
    private final CompletableFuture<Long> taken;

    @SuppressWarnings("FutureReturnValueIgnored") // What depends on it can't fail.
    PermitFuture(CompletableFuture<Long> taken) {
      this.taken = taken;
      // However else it fails: by orTimeout, for instance.
      whenComplete(
          (nothing, failure) -> {
            if (failure != null) {
              taken.cancel(false);
            }
          });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return (taken.cancel(false) || taken.isCancelled()) && super.cancel(mayInterruptIfRunning);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }

  private static final class InFlight implements Permit {
    private final LimiterCore core;
    private final AtomicBoolean open = new AtomicBoolean(true);

    InFlight(LimiterCore core) {
      this.core = core;
      core.inFlight(1);
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        core.inFlight(-1);
      }
    }
  }
}
