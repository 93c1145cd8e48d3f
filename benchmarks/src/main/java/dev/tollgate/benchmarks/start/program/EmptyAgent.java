package dev.tollgate.benchmarks.start.program;

import java.lang.instrument.Instrumentation;

/** What any agent costs: the JVM's own part of it. */
public final class EmptyAgent {
  private EmptyAgent() {}

  /** Called by the JVM before the program's {@code main}. */
  public static void premain(String arguments, Instrumentation instrumentation) {}
}
