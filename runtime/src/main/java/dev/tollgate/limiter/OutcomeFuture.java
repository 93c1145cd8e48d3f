package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TokenSource#takeLater} answers with. It knows where its tokens are from, so whoever
 * was told of them, and finds nobody to use them, gives back just those: not of another bucket, not
 * where none were taken, and not twice.
 */
final class OutcomeFuture extends CompletableFuture<Long> {
  /** Null once it has run. Under the lock of this. */
  private @Nullable Runnable refund;

  /** Of several sources that refuse; written before it completes. */
  private @Nullable JointOutcome refusal;

  /**
   * @param refund gives back what was granted
   */
  OutcomeFuture(Runnable refund) {
    this.refund = refund;
  }

  /** Of tokens that were there at once. */
  static OutcomeFuture granted(Runnable refund) {
    OutcomeFuture future = new OutcomeFuture(refund);
    future.complete(0L);
    return future;
  }

  /** Of several sources that refuse at once. */
  static OutcomeFuture refused(JointOutcome refusal) {
    OutcomeFuture future = new OutcomeFuture(() -> {});
    future.refuse(refusal);
    return future;
  }

  /** Completes with the refusal of several sources. */
  void refuse(JointOutcome of) {
    refusal = of;
    complete(of.outcome());
  }

  /** What several sources refused; null if it isn't complete, granted, or of one source. */
  @Nullable JointOutcome refusal() {
    return isDone() ? refusal : null;
  }

  /** Gives back what it has told of, if that was a grant; later calls do nothing. */
  void giveBack() {
    if (isDone() && !isCompletedExceptionally() && Outcome.granted(join())) {
      Runnable once = takeRefund();
      if (once != null) {
        once.run();
      }
    }
  }

  private synchronized @Nullable Runnable takeRefund() {
    Runnable once = refund;
    refund = null;
    return once;
  }
}
