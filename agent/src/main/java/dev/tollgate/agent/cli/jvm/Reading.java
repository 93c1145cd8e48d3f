package dev.tollgate.agent.cli.jvm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the beans of Tollgate in one JVM say.
 *
 * @param pid the process that was asked, as seen from here
 * @param agent empty where the bean {@code type=Agent} isn't there
 * @param health empty where the bean {@code type=Health} isn't there: health may be turned off
 * @param limiters in alphabetical order
 * @param time when it was read
 */
public record Reading(
    long pid,
    Optional<AgentReading> agent,
    Optional<HealthReading> health,
    List<LimiterReading> limiters,
    Instant time) {

  /** Copies the list. */
  public Reading {
    limiters = List.copyOf(limiters);
  }

  /**
   * What the bean {@code type=Agent} says.
   *
   * @param reloadFailure why the configuration file is not in force; empty where it is, or isn't
   *     looked at, or the agent is of a version that doesn't say
   */
  public record AgentReading(String version, String configSource, String reloadFailure) {}
}
