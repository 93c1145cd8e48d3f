package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;

/**
 * Applies a limiter's mode to one of its buckets, its own or a key's; and lets it be asked together
 * with others.
 */
abstract class LocalSource implements TokenSource {

  @Override
  public final long take(long weight, long maxWaitNanos) {
    checkWeight(weight);
    LimiterSettings current = settings();
    LimiterCore heir = current.heir();
    if (heir != null) {
      return heir.take(weight, maxWaitNanos);
    }
    long maxWait = current.maxWait(maxWaitNanos);
    return switch (current.mode()) {
      case ENFORCE -> enforce(weight, maxWait);
      case OBSERVE -> {
        observe(weight, maxWait);
        yield 0;
      }
      case OFF -> 0;
    };
  }

  @Override
  public final long takeIfThere(long weight) {
    checkWeight(weight);
    LimiterSettings current = settings();
    LimiterCore heir = current.heir();
    if (heir != null) {
      return heir.takeIfThere(weight);
    }
    return switch (current.mode()) {
      case ENFORCE -> enforceIfThere(weight);
      case OBSERVE -> {
        observe(weight, current.timeoutNanos());
        yield 0;
      }
      case OFF -> 0;
    };
  }

  @Override
  public final CompletableFuture<Long> takeLater(long weight, long maxWaitNanos) {
    checkWeight(weight);
    LimiterSettings current = settings();
    LimiterCore heir = current.heir();
    if (heir != null) {
      return heir.takeLater(weight, maxWaitNanos);
    }
    long maxWait = current.maxWait(maxWaitNanos);
    return switch (current.mode()) {
      case ENFORCE -> enforceLater(weight, maxWait);
      case OBSERVE -> {
        observe(weight, maxWait);
        yield CompletableFuture.completedFuture(0L);
      }
      case OFF -> CompletableFuture.completedFuture(0L);
    };
  }

  @Override
  public final void giveBack(CompletableFuture<Long> taken) {
    if (taken instanceof OutcomeFuture outcome) {
      outcome.giveBack();
      return;
    }
    LimiterCore heir = settings().heir();
    if (heir != null) {
      heir.giveBack(taken);
    }
  }

  static void checkWeight(long weight) {
    if (weight < 0) {
      throw new IllegalArgumentException("weight is " + weight + "; it must be 0 or more");
    }
  }

  abstract LimiterSettings settings();

  abstract Ticker ticker();

  abstract long enforce(long weight, long maxWaitNanos);

  abstract long enforceIfThere(long weight);

  abstract CompletableFuture<Long> enforceLater(long weight, long maxWaitNanos);

  abstract void observe(long weight, long maxWaitNanos);

  // For a joint request, which no two threads work on at a time.

  /** Decides which level it is that is asked, until {@link #unpin}. */
  abstract void pin();

  /**
   * Ends {@link #pin}.
   *
   * @param retired whether the level turned out to be
   */
  abstract void unpin(boolean retired);

  /** The pinned level. */
  abstract Level level();

  /** That of the pinned level. */
  abstract Turnstile turnstile();
}
