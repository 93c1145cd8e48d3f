package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A future that completes when all that it asks several sources for is there. An alarm looks
 * whether it is; the common pool completes it, since what depends on it is the program's code.
 * Cancelled in between, it gives back what was taken.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What depends on them can't fail.
final class JointLater implements Watch {
  private final JointRequest request;
  private final OutcomeFuture outcome = new OutcomeFuture(this::refund);

  /** Held by whoever looks. */
  private final ReentrantLock looking = new ReentrantLock();

  // Under the lock.
  private @Nullable CompletableFuture<Void> alarm;
  private boolean isOver;
  private boolean isGranted;

  JointLater(JointRequest request) {
    this.request = request;
  }

  /** Completes with the outcome; cancelled before, nothing is taken. */
  CompletableFuture<Long> outcome() {
    look();
    outcome.whenComplete(
        (answer, failure) -> {
          if (failure != null) {
            giveUp();
          }
        });
    return outcome;
  }

  @Override
  public void lookAgain() {
    // Not here: the caller holds a turnstile's lock.
    CommonPool.INSTANCE.execute(this::look);
  }

  private void look() {
    looking.lock();
    try {
      if (isOver) {
        return;
      }
      stop();
      if (request.attempt(this)) {
        isOver = true;
        isGranted = true;
        long waited = request.waitedNanos();
        CommonPool.INSTANCE.execute(() -> outcome.complete(waited));
      } else if (request.isHopeless() || request.isFull()) {
        stop();
        isOver = true;
        JointOutcome refusal = request.reject();
        CommonPool.INSTANCE.execute(() -> outcome.refuse(refusal));
      } else {
        CompletableFuture<Void> next = request.ticker().alarm(request.waitNanos());
        alarm = next;
        next.thenRun(this::look);
      }
    } finally {
      looking.unlock();
    }
  }

  private void giveUp() {
    looking.lock();
    try {
      if (isGranted) {
        request.refund();
      } else if (!isOver) {
        isOver = true;
        stop();
        request.reject();
      }
    } finally {
      looking.unlock();
    }
  }

  /** It has told of tokens that nobody will use. */
  private void refund() {
    looking.lock();
    try {
      request.refund();
    } finally {
      looking.unlock();
    }
  }

  private void stop() {
    CompletableFuture<Void> current = alarm;
    if (current != null) {
      alarm = null;
      current.cancel(false);
    }
    request.stopWatching(this);
  }
}
