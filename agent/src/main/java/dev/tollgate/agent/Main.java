package dev.tollgate.agent;

import java.lang.reflect.InvocationTargetException;

/** The command line, {@code java -jar tollgate-agent.jar}. */
public final class Main {
  private static final String COMMANDS = "dev.tollgate.agent.cli.Commands";

  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) throws Throwable {
    // The system loader as the parent: jdk.attach is visible there alone.
    ClassLoader loader = AgentClassLoader.open(ClassLoader.getSystemClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Object status =
          Class.forName(COMMANDS, true, loader)
              .getMethod("run", String[].class)
              .invoke(null, (Object) arguments);
      System.exit((Integer) status);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
