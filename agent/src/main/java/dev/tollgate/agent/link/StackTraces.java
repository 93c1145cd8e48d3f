package dev.tollgate.agent.link;

import java.util.Arrays;

/** Stack traces without our part of them. */
final class StackTraces {
  private StackTraces() {}

  /** Lets the trace of {@code thrown} begin at {@code caller}'s frame, if it has one. */
  static void trim(Throwable thrown, Class<?> caller) {
    StackTraceElement[] trace = thrown.getStackTrace();
    for (int i = 0; i < trace.length; i++) {
      if (trace[i].getClassName().equals(caller.getName())) {
        thrown.setStackTrace(Arrays.copyOfRange(trace, i, trace.length));
        return;
      }
    }
  }

  /** Says which method was called, in a trace of a thread that has never been there. */
  static void nameOnly(Throwable thrown, Class<?> caller, String method) {
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(caller.getName(), method, null, -1)});
  }
}
