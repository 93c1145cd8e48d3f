package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A future that completes when its moment has come. No thread waits: an alarm of the ticker's
 * admits it, and a pool completes it, since what depends on it is the program's code. It may be
 * cancelled in between: the future can't be completed then, so whoever cancels gives the tokens
 * back, and not the pool, which may be busy. That holds where the limiter was handed over, too: the
 * heir may have granted what this future hasn't told of yet.
 *
 * <p>Of those in one queue only the first has an alarm, and hands it on: when one leaves, the
 * moments of all behind it move, and an alarm is dearer than all else about it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What depends on them can't fail.
final class LaterWaiter extends Waiter {
  private final Turnstile turnstile;
  private final Level level;
  private final Ticker ticker;
  private final Executor delivery;
  private final OutcomeFuture outcome = new OutcomeFuture(this::refund);

  // Under the lock.
  private @Nullable CompletableFuture<Void> alarm;
  private long room;
  private long refundedBefore;
  private @Nullable Limits promisedBy;

  LaterWaiter(
      Turnstile turnstile,
      Level level,
      long weight,
      long arrival,
      long maxWaitNanos,
      Ticker ticker,
      Executor delivery) {
    super(weight, arrival, maxWaitNanos);
    this.turnstile = turnstile;
    this.level = level;
    this.ticker = ticker;
    this.delivery = delivery;
  }

  /** Completes with the outcome; cancelled before, the tokens go back. */
  CompletableFuture<Long> outcome() {
    outcome.whenComplete(
        (answer, failure) -> {
          if (failure != null) {
            turnstile.withdraw(level, this);
            Elsewhere elsewhere = moved;
            if (elsewhere != null) {
              elsewhere.giveUp();
            }
          }
        });
    return outcome;
  }

  @Override
  void wake() {
    if (refusal != 0) {
      complete(refusal);
    } else if (alarm != null) {
      stopAlarm();
      arm();
    }
  }

  /** Is the first of its queue. Called under the lock. */
  void arm() {
    if (alarm == null) {
      CompletableFuture<Void> next = ticker.alarm(Math.max(0, due - ticker.nanos()));
      alarm = next;
      next.thenRun(this::look);
    }
  }

  @Override
  void promised(long roomThen, long refunded, Limits limits) {
    room = roomThen;
    refundedBefore = refunded;
    promisedBy = limits;
  }

  @Override
  void letGo() {
    promisedBy = null;
  }

  @Override
  @Nullable Grant grant() {
    Limits limits = promisedBy;
    if (limits == null) {
      return null;
    }
    // Moments are rounded up, so by then the level may have had part of a token to spare; but not
    // where that was clipped.
    long begin = weight < limits.capacity() ? due - 1 : due;
    return new Grant(level, weight, begin, room, refundedBefore, limits);
  }

  @Override
  void notYet() {
    wake();
  }

  @Override
  void settle() {
    super.settle();
    stopAlarm();
  }

  @Override
  void move(Elsewhere to) {
    super.move(to);
    CompletableFuture<?> unused = to.outcome().thenAcceptAsync(outcome::complete, delivery);
  }

  /** It has told of tokens that nobody will use. */
  private void refund() {
    Elsewhere elsewhere = moved;
    Grant own = grant();
    if (elsewhere != null) {
      elsewhere.giveUp();
    } else if (own != null) {
      turnstile.refund(own);
    }
  }

  private void look() {
    long answer = turnstile.admitIfDue(level, this);
    if (Outcome.granted(answer)) {
      complete(answer);
    }
  }

  /** Has the future complete, on another thread. */
  void complete(long answer) {
    delivery.execute(() -> outcome.complete(answer));
  }

  private void stopAlarm() {
    CompletableFuture<Void> current = alarm;
    if (current != null) {
      alarm = null;
      current.cancel(false);
    }
  }
}
