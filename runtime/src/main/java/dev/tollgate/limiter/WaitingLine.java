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
 * <p>Whoever leaves moves all behind it, who may be many; but by how much, nobody needs to know
 * before it is one of the first. So only the first few know their exact moments, and are told of
 * new ones. All behind them are a {@link Backlog}, whose first moves up when one of those few has
 * gone, or when the moments of all of them have come.
 *
 * <p>Tokens count as granted at the promised moment, however late the thread wakes: nothing is lost
 * while it sleeps.
 */
final class WaitingLine {
  /**
   * How many know their moments. One would do, if it always told the next in time; with some more,
   * a thread that wakes late holds up nobody.
   */
  static final int TOLD = 16;

  private final Ledger ledger;
  private final Watches watches;
  private final int told;
  private int waiting;

  WaitingLine(Ledger ledger, Watches watches, int told) {
    this.ledger = ledger;
    this.watches = watches;
    this.told = told;
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
    Queue queue = level.queue();
    boolean isOneOfTheFirst = wait == 0 || (!queue.hasBacklog() && isOpen(queue, now));
    ledger.taking(now);
    owe(level, waiter, wait, now);
    waiting++;
    if (isOneOfTheFirst) {
      queue.front.addLast(waiter);
    } else {
      queue.backlog().add(waiter, ledger.limits());
    }
  }

  /**
   * Sees to it that all whose moment has come by now are among the first. To be called each time
   * before the level is asked: time may bring it above zero, and then it doesn't tell when.
   */
  void catchUp(Level level, long now) {
    if (level.hasBacklog() && isOpen(level.queue(), now)) {
      lookAfterLater(level, now);
    }
  }

  /** Its moment has come; answers how long it waited. */
  long admit(Level level, Waiter waiter, long now) {
    settle(level, waiter);
    waiter.admitted = true;
    long waited = Math.max(0, now - waiter.arrival);
    ledger.admit(waited);
    return waited;
  }

  /** It is no longer in the line; its tokens stay taken. */
  void settle(Level level, Waiter waiter) {
    Queue queue = level.queue();
    if (!queue.front.remove(waiter)) {
      queue.backlog().remove(waiter, ledger.limits());
    }
    waiting--;
    waiter.settle();
  }

  /** As if neither it nor anyone behind it had come; then those behind come again, in order. */
  void leave(Level level, Waiter leaving, long now) {
    Limits limits = ledger.limits();
    level.waitFor(1, ledger.timeAt(level, now), limits);
    ledger.reject(0);
    if (level.hasBacklog() && level.queue().backlog().leave(level, leaving, limits)) {
      waiting--;
      leaving.settle();
      if (level.queue().backlog().hasBehind(leaving)) {
        ledger.taking(now);
      }
    } else {
      leaveFront(level, leaving, now);
    }
    watches.wake();
  }

  /** All whose moment hasn't come; afterwards the level owes nobody. */
  ArrayDeque<Waiter> takeOutUndue(Level level, long now) {
    catchUp(level, now);
    return takeOutUndue(level, now, ledger.timeAt(level, now), ledger.limits());
  }

  /**
   * All whose moment hasn't come; afterwards the level, as of {@code then}, owes nobody.
   *
   * @param limits those that they wait by, and by which {@link #catchUp} has been called
   */
  ArrayDeque<Waiter> takeOutUndue(Level level, long now, long then, Limits limits) {
    level.waitFor(1, then, limits);
    ArrayDeque<Waiter> undue = new ArrayDeque<>(0);
    if (level.hasBacklog()) {
      Backlog backlog = level.queue().backlog();
      waiting -= backlog.size();
      backlog.takeOut(level, limits);
      backlog.drainTo(undue);
    }
    while (level.waiting() > 0 && level.queue().front.getLast().due - now > 0) {
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
      if (isHopeless(waiter, wait, now)) {
        refuse(waiter, wait);
      } else {
        long before = waiter.due;
        promise(level, waiter, wait, now);
        tellIfMoved(waiter, before);
      }
    }
    lookAfterLater(level, now);
  }

  /** Lets the futures go whose moment has come, and sets the alarm of the next. */
  void lookAfterLater(Level level, long now) {
    moveUp(level, now, false);
    for (LaterWaiter first = firstLater(level); first != null; first = firstLater(level)) {
      if (first.due - now > 0) {
        first.arm();
        return;
      }
      first.complete(admit(level, first, now));
      moveUp(level, now, false);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Waiters are who waits, not values.
  private void leaveFront(Level level, Waiter leaving, long now) {
    Limits limits = ledger.limits();
    Queue queue = level.queue();
    boolean hasBacklog = queue.hasBacklog();
    if (hasBacklog) {
      queue.backlog().takeOut(level, limits);
    }
    long tokensLess = leaving.weight;
    long clippedLess = leaving.clipped;
    ArrayDeque<Waiter> behind = new ArrayDeque<>();
    for (Waiter last = takeOutLast(level, limits);
        last != leaving;
        last = takeOutLast(level, limits)) {
      behind.addFirst(last);
      clippedLess += last.clipped;
    }
    leaving.settle();
    if (hasBacklog || !behind.isEmpty()) {
      ledger.taking(now);
    }
    for (Waiter waiter : behind) {
      long wait = ledger.waitFor(level, waiter.weight, now);
      if (isHopeless(waiter, wait, now)) {
        refuse(waiter, wait);
        tokensLess += waiter.weight;
      } else {
        takePlace(level, waiter, wait, now);
        waiting++;
        clippedLess -= waiter.clipped;
      }
    }
    if (hasBacklog) {
      queue.backlog().putBack(level, limits);
      queue.backlog().moveUp(level, tokensLess, clippedLess, limits);
      moveUp(level, now, true);
    }
    lookAfterLater(level, now);
  }

  /**
   * The first of the backlog are among the first of all now, as many as there is room for, and all
   * whose moment has come.
   *
   * @param isFreed whether the level, as of now, may hold the tokens of some, since somebody left
   */
  private void moveUp(Level level, long now, boolean isFreed) {
    Limits limits = ledger.limits();
    Queue queue = level.queue();
    while (queue.hasBacklog() && isOpen(queue, now)) {
      Backlog backlog = queue.backlog();
      backlog.takeOut(level, limits);
      Waiter first = backlog.first();
      backlog.remove(first, limits);
      long clipped = first.clipped;
      takePlace(level, first, isFreed ? ledger.waitFor(level, first.weight, now) : 1, now);
      backlog.putBack(level, limits);
      backlog.moveUp(level, 0, clipped - first.clipped, limits);
    }
  }

  private boolean isOpen(Queue queue, long now) {
    return queue.front.size() < told || queue.front.getLast().due - now <= 0;
  }

  /** Of one whose tokens were given back: takes them again, as the last of the first. */
  private void takePlace(Level level, Waiter waiter, long wait, long now) {
    long before = waiter.due;
    owe(level, waiter, wait, now);
    level.queue().front.addLast(waiter);
    tellIfMoved(waiter, before);
  }

  private void owe(Level level, Waiter waiter, long wait, long now) {
    waiter.clipped = 0;
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

  private void refuse(Waiter waiter, long wait) {
    waiter.refusal = ledger.reject(wait);
    waiter.settle();
    waiter.wake();
  }

  private static boolean isHopeless(Waiter waiter, long wait, long now) {
    return wait == Outcome.NEVER || now + wait - waiter.deadline > 0;
  }

  private static void tellIfMoved(Waiter waiter, long before) {
    if (waiter.due != before) {
      waiter.wake();
    }
  }

  /** Its moment is now, and it takes nothing. */
  private void letGo(Level level, Waiter waiter, long now) {
    level.queue().front.addLast(waiter);
    waiting++;
    waiter.clipped = 0;
    waiter.letGo();
    waiter.due = now;
    waiter.wake();
  }

  private Waiter takeOutLast(Level level, Limits limits) {
    Waiter last = level.queue().front.removeLast();
    waiting--;
    level.restore(last.weight, last.clipped, limits);
    return last;
  }

  private static @Nullable LaterWaiter firstLater(Level level) {
    if (level.waiting() > 0) {
      for (Waiter waiter : level.queue().front) {
        if (waiter instanceof LaterWaiter later) {
          return later;
        }
      }
    }
    return null;
  }
}
