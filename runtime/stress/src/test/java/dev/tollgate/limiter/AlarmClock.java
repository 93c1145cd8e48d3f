package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;

/** Time stands, and the alarm goes off when a test says so. */
final class AlarmClock extends StandingClock {
  final CompletableFuture<Void> alarm = new CompletableFuture<>();

  @Override
  public CompletableFuture<Void> alarm(long nanos) {
    return alarm;
  }
}
