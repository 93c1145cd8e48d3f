package dev.tollgate.agent.cli.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * How one run went.
 *
 * @param client the answers that the client got
 * @param server the answers that the server gave
 * @param elapsed from the first request to the last, at the server
 * @param waits at the limiter; empty where there was none or it could not be asked
 */
public record RunResult(Tally client, Tally server, Duration elapsed, Optional<Waits> waits) {

  /** Calls a second, over the whole run. */
  public double throughput() {
    return client.calls() / Math.max(elapsed.toNanos() / 1e9, 1e-9);
  }
}
