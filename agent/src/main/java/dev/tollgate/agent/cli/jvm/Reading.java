package dev.tollgate.agent.cli.jvm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.management.ObjectName;

/**
 * All that the beans of Tollgate in one JVM say.
 *
 * @param pid the process that was asked, as seen from here
 * @param agent empty where the bean {@code type=Agent} isn't there
 * @param health empty where the bean {@code type=Health} isn't there: health may be turned off
 * @param limiters in alphabetical order
 * @param time when it was read
 * @param notUnderstood beans under Tollgate's names that answer otherwise, or can't
 */
public record Reading(
    long pid,
    Optional<AgentReading> agent,
    Optional<HealthReading> health,
    List<LimiterReading> limiters,
    Instant time,
    List<Fault> notUnderstood) {

  /** Copies the lists. */
  public Reading {
    limiters = List.copyOf(limiters);
    notUnderstood = List.copyOf(notUnderstood);
  }

  /** One with each bean understood. */
  public Reading(
      long pid,
      Optional<AgentReading> agent,
      Optional<HealthReading> health,
      List<LimiterReading> limiters,
      Instant time) {
    this(pid, agent, health, limiters, time, List.of());
  }

  /** Why there is no {@link #health}. */
  public NoAnswerException noHealth() {
    for (Fault fault : notUnderstood) {
      if (fault.isHealth()) {
        return new NoAnswerException(fault.why());
      }
    }
    return TollgateJvm.noHealth(pid);
  }

  /**
   * A bean that isn't understood.
   *
   * @param why a line for people, which names the bean
   */
  public record Fault(ObjectName bean, String why) {
    /** Whether it is the bean {@code type=Health}. */
    public boolean isHealth() {
      return bean.equals(TollgateJvm.HEALTH);
    }
  }

  /**
   * What the bean {@code type=Agent} says.
   *
   * @param reloadFailure why the configuration file is not in force; empty where it is, or isn't
   *     looked at, or the agent is of a version that doesn't say
   */
  public record AgentReading(String version, String configSource, String reloadFailure) {}
}
