package dev.tollgate.agent.link;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a call that has to wait answers with: completes as the method's own future will. Cancelled
 * before the method began, it gives the permit back; later it cancels that future.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What depends on it can't fail.
final class LimitedFuture extends CompletableFuture<@Nullable Object> {
  private final CompletableFuture<Long> taken;
  private volatile @Nullable CompletionStage<?> body;

  @SuppressWarnings("FutureReturnValueIgnored") // It would tell of nothing but itself.
  LimitedFuture(CompletableFuture<Long> taken) {
    this.taken = taken;
    // However else it ends before the method began, by orTimeout for instance.
    whenComplete(new GivingBack());
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    // First: who hears of it finds the permit there again.
    taken.cancel(false);
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    CompletionStage<?> own = body;
    if (cancelled && own != null) {
      cancel(own);
    }
    return cancelled;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  /** The method has begun, and this is what it answered with. */
  void follow(CompletionStage<?> own) {
    body = own;
    if (isCancelled()) {
      cancel(own);
    }
    own.whenComplete(new Following());
  }

  private void end(@Nullable Object value, @Nullable Throwable failure) {
    if (failure == null) {
      complete(value);
    } else if (failure instanceof CancellationException) {
      super.cancel(false);
    } else {
      completeExceptionally(failure);
    }
  }

  private static void cancel(CompletionStage<?> own) {
    try {
      own.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // A stage may refuse to be anything else; it goes on, and nobody listens.
    }
  }

  // Not lambdas: see WarmUp.

  private final class GivingBack implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
      taken.cancel(false);
    }
  }

  private final class Following implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
      end(value, failure);
    }
  }
}
