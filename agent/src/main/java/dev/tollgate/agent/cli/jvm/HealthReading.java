package dev.tollgate.agent.cli.jvm;

import dev.tollgate.health.HealthReport;

/**
 * What the bean {@code type=Health} says.
 *
 * @param report its status and checks, the checks in alphabetical order
 * @param pid as the JVM itself sees it: another than from outside, in a container
 * @param uptimeSeconds since the JVM started
 */
public record HealthReading(HealthReport report, long pid, Number uptimeSeconds) {}
