package dev.tollgate.health;

/**
 * A check whose answer decides whether the process may get traffic: as long as it can't tell, the
 * process must not.
 */
interface ReadinessCheck extends HealthCheck {}
