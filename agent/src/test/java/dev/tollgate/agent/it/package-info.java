/**
 * Real JVMs with the real jar: each test compiles a small program, runs it under {@code -javaagent}
 * on each JDK of {@link dev.tollgate.agent.it.Jdks}, and looks at what it prints, how it ends and
 * what it shows over JMX.
 */
package dev.tollgate.agent.it;
