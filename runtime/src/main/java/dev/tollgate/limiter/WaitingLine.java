package dev.tollgate.limiter;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait at a turnstile, each at its level, in the order of arrival. Under the turnstile's
 * lock.
 *
 * <p>A request that the {@link Level} doesn't cover takes its tokens all the same: the level goes
 * below zero, and the moment at which time will have brought it back is the moment when this
 * request, and everyone before it, is paid for. That is when its thread may go, and what it was
 * promised. So a later request finds the debt of all before it and can't overtake; who gives up
 * pays its tokens back, which moves those behind it forward. This is the virtual scheduling of the
 * generic cell rate algorithm (ITU-T I.371, annex A), with weights.
 *
 * <p>Tokens count as granted at the promised moment, however late the thread wakes: nothing is lost
 * while it sleeps.
 */
final class WaitingLine {
  private final Ledger ledger;
  private final Watches watches;
  private int waiting;

  WaitingLine(Ledger ledger, Watches watches) {
    this.ledger = ledger;
    this.watches = watches;
  }

  /** Whether one more may wait. */
  boolean hasRoom(Level level) {
    return level.waiting() + watches.countAt(level) < ledger.limits().maxWaiting();
  }

  /** At all levels. */
  int waiting() {
    return waiting;
  }

  /** Takes what {@code waiter} wants, and promises it the moment, at the end of the line. */
  void promise(Level level, Waiter waiter, long wait, long now) {
    level.waiters().addLast(waiter);
    waiting++;
    waiter.clipped = 0;
    ledger.taking(now);
    long room;
    if (wait == 0) {
      room = ledger.room(level, now);
      level.owe(waiter.weight, ledger.limits());
    } else {
      room = ledger.limits().capacity() - waiter.weight;
      waiter.clipped = ledger.oweAndClip(level, waiter.weight);
    }
    waiter.due = level.time().onTheClock(level.paidAt(ledger.limits()));
    level.time().used(waiter.due);
    waiter.promised(room, ledger.refunded(), ledger.limits());
  }

  /** Its moment has come; answers how long it waited. */
  long admit(Level level, Waiter waiter, long now) {
    settle(level, waiter);
    waiter.admitted = true;
    long waited = Math.max(0, now - waiter.arrival);
    ledger.admit(waited);
    return waited;
  }

  /** It is no longer in the line. */
  void settle(Level level, Waiter waiter) {
    level.waiters().remove(waiter);
    waiting--;
    waiter.settle();
  }

  /** As if neither it nor anyone behind it had come; then those behind come again, in order. */
  @SuppressWarnings("ReferenceEquality") // Waiters are who waits, not values.
  void leave(Level level, Waiter leaving, long now) {
    level.waitFor(1, ledger.timeAt(level, now), ledger.limits());
    ArrayDeque<Waiter> behind = new ArrayDeque<>();
    for (Waiter last = takeOutLast(level, ledger.limits());
        last != leaving;
        last = takeOutLast(level, ledger.limits())) {
      behind.addFirst(last);
    }
    leaving.settle();
    ledger.reject(0);
    comeAgain(level, behind, now);
    watches.wake();
  }

  /** All whose moment hasn't come; afterwards the level owes nobody. */
  ArrayDeque<Waiter> takeOutUndue(Level level, long now) {
    return takeOutUndue(level, now, ledger.timeAt(level, now), ledger.limits());
  }

  /** All whose moment hasn't come; afterwards the level, as of {@code then}, owes nobody. */
  ArrayDeque<Waiter> takeOutUndue(Level level, long now, long then, Limits limits) {
    level.waitFor(1, then, limits);
    ArrayDeque<Waiter> undue = new ArrayDeque<>(0);
    while (level.waiting() > 0 && level.waiters().getLast().due - now > 0) {
      undue.addFirst(takeOutLast(level, limits));
    }
    return undue;
  }

  /** Those who were taken out, in their order; whose new moment is past its deadline is refused. */
  void comeAgain(Level level, ArrayDeque<Waiter> undue, long now) {
    for (Waiter waiter : undue) {
      if (!ledger.isEnforced()) {
        letGo(level, waiter, now);
        continue;
      }
      long wait = ledger.waitFor(level, waiter.weight, now);
      if (wait == Outcome.NEVER || now + wait - waiter.deadline > 0) {
        waiter.refusal = ledger.reject(wait);
        waiter.settle();
        waiter.wake();
      } else {
        long before = waiter.due;
        promise(level, waiter, wait, now);
        if (waiter.due != before) {
          waiter.wake();
        }
      }
    }
    lookAfterLater(level, now);
  }

  /** Lets the futures go whose moment has come, and sets the alarm of the next. */
  void lookAfterLater(Level level, long now) {
    for (LaterWaiter first = firstLater(level); first != null; first = firstLater(level)) {
      if (first.due - now > 0) {
        first.arm();
        return;
      }
      first.complete(admit(level, first, now));
    }
  }

  /** Its moment is now, and it takes nothing. */
  private void letGo(Level level, Waiter waiter, long now) {
    level.waiters().addLast(waiter);
    waiting++;
    waiter.clipped = 0;
    waiter.letGo();
    waiter.due = now;
    waiter.wake();
  }

  private Waiter takeOutLast(Level level, Limits limits) {
    Waiter last = level.waiters().removeLast();
    waiting--;
    level.restore(last.weight, last.clipped, limits);
    return last;
  }

  private static @Nullable LaterWaiter firstLater(Level level) {
    if (level.waiting() > 0) {
      for (Waiter waiter : level.waiters()) {
        if (waiter instanceof LaterWaiter later) {
          return later;
        }
      }
    }
    return null;
  }
}
