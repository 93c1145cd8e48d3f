package dev.tollgate.agent.start;

import dev.tollgate.limiter.LimiterRegistry;

/**
 * What stays in the JVM when the agent leaves, since the program may hold some of it: the same
 * limiters, with the same limits and tokens, and the health that it has asked for. It hangs on the
 * dispatcher's door, where an agent that comes later finds it and goes on with it.
 *
 * @param limiters all of them
 * @param health goes on by itself if the program has asked for it
 */
record Remains(LimiterRegistry limiters, AgentHealth health) {
  /** In the dispatcher's door: there only while no agent is active. */
  static final String NAME = "remains";
}
