package dev.tollgate.limiter;

/** Gives back tokens as of a grant of this very moment. */
final class Refunds {
  private Refunds() {}

  static void of(Turnstile turnstile, Level level, long weight, Ticker ticker) {
    Grant grant;
    turnstile.lock();
    try {
      grant = turnstile.grantOf(level, weight, ticker.nanos());
    } finally {
      turnstile.unlock();
    }
    turnstile.refund(grant);
  }
}
