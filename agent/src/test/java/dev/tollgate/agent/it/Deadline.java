package dev.tollgate.agent.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** An instant by which something must have happened. */
record Deadline(long nanoTime) {
  private static final Duration POLL = Duration.ofMillis(20);

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return remaining().isNegative();
  }

  Duration remaining() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  /** Asks again until the answer will do or the time is over, and hands over the last answer. */
  <T> T poll(Callable<T> question, Predicate<T> willDo) throws Exception {
    T answer = question.call();
    while (!willDo.test(answer) && !isOver()) {
      Thread.sleep(POLL.toMillis());
      answer = question.call();
    }
    return answer;
  }
}
