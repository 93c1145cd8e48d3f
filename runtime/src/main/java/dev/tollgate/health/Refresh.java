package dev.tollgate.health;

import java.util.concurrent.CompletableFuture;

/** Somebody wants every check run now, and waits for what comes out. */
final class Refresh {
  final CompletableFuture<HealthReport> done = new CompletableFuture<>();

  /** When the checks were made due for it. The engine's. */
  long since;
}
