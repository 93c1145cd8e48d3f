package dev.tollgate.limiter;

/** A thread that waits until all that it asks several sources for is there. */
final class JointWait implements Watch {
  private final JointRequest request;
  private final Thread thread = Thread.currentThread();

  JointWait(JointRequest request) {
    this.request = request;
  }

  /** The outcome; blocks until it is known. */
  long await() {
    Ticker ticker = request.ticker();
    while (true) {
      long wait = request.attempt(this);
      if (wait == 0) {
        return request.waitedNanos();
      }
      try {
        if (request.isHopeless(wait) || request.isFull()) {
          return request.reject(wait);
        }
        if (Thread.currentThread().isInterrupted()) {
          request.reject(wait);
          return Outcome.INTERRUPTED;
        }
        ticker.park(this, wait);
      } finally {
        request.stopWatching(this);
      }
    }
  }

  @Override
  public void lookAgain() {
    request.ticker().unpark(thread);
  }
}
