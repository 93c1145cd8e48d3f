package dev.tollgate.agent.cli.demo;

import java.time.Duration;

/**
 * How one run went.
 *
 * @param client the answers that the client got
 * @param server the answers that the server gave
 * @param elapsed from the first request to the last, at the server
 * @param observation of Tollgate in the client's JVM
 */
public record RunResult(Tally client, Tally server, Duration elapsed, Observation observation) {

  /** Calls a second, over the whole run. */
  public double throughput() {
    return client.calls() / Math.max(elapsed.toNanos() / 1e9, 1e-9);
  }
}
