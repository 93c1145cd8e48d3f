package dev.tollgate.limiter;

/** A thread that waits until all that it asks several sources for is there. */
final class JointWait implements Watch {
  private final JointRequest request;
  private final Thread thread = Thread.currentThread();

  JointWait(JointRequest request) {
    this.request = request;
  }

  /** The outcome; blocks until it is known. */
  JointOutcome await() {
    Ticker ticker = request.ticker();
    while (true) {
      if (request.attempt(this)) {
        return JointOutcome.granted(request.waitedNanos());
      }
      try {
        if (request.isHopeless() || request.isFull()) {
          return request.reject();
        }
        if (Thread.currentThread().isInterrupted()) {
          return request.reject().interrupted();
        }
        ticker.park(this, request.waitNanos());
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
