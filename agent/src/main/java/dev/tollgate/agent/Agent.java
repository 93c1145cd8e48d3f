package dev.tollgate.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM comes in: {@code -javaagent:tollgate-agent.jar[=arguments]}, or a dynamic attach.
 */
public final class Agent {
  private static final String START = "dev.tollgate.agent.start.AgentStart";

  /**
   * One for the JVM: who comes again finds the limiters that were left behind, of its own class.
   */
  private static @Nullable ClassLoader loader;

  private Agent() {}

  /** Called by the JVM before the program's {@code main}. */
  public static synchronized void premain(
      @Nullable String arguments, Instrumentation instrumentation) {
    try {
      if (!isToolOfTheJdk() && !isOwnCommandLine()) {
        start("atLaunch", arguments, instrumentation, version());
      }
    } catch (Throwable fault) {
      tell(fault);
    }
  }

  /** Called by the JVM when the agent is attached to a program that runs. */
  public static synchronized void agentmain(
      @Nullable String arguments, Instrumentation instrumentation) {
    try {
      if (isToolOfTheJdk()) {
        start("notHere", arguments, instrumentation, "it is a tool of the JDK");
      } else if (isOwnCommandLine()) {
        start("notHere", arguments, instrumentation, "it is this command line itself");
      } else {
        start("whileRunning", arguments, instrumentation, version());
      }
    } catch (Throwable fault) {
      tell(fault);
    }
  }

  private static void start(
      String how, @Nullable String arguments, Instrumentation instrumentation, String with)
      throws IOException, URISyntaxException, ReflectiveOperationException {
    if (loader == null) {
      loader = AgentClassLoader.open(ClassLoader.getPlatformClassLoader());
    }
    // Two references, as premain itself has: from JDK 18 on a method of another shape would have
    // its own bytecode written for it, which costs the program's start milliseconds.
    Method start =
        Class.forName(START, true, loader).getMethod(how, String[].class, Instrumentation.class);
    start.invoke(null, new @Nullable String[] {arguments, with}, instrumentation);
  }

  /** Whatever it is, it is ours, and the program must run as it would without us. */
  private static void tell(Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    System.err.println("tollgate: not active, no call is limited: ".concat(cause.toString()));
  }

  private static String version() {
    String version = Agent.class.getPackage().getImplementationVersion();
    return version == null ? "unknown version" : version;
  }

  /** {@code java -jar tollgate-agent.jar}, where JAVA_TOOL_OPTIONS names the agent. */
  private static boolean isOwnCommandLine() throws IOException, URISyntaxException {
    String classPath = System.getProperty("java.class.path", "");
    String command = System.getProperty("sun.java.command", "");
    if (!classPath.endsWith(".jar") || !command.startsWith(classPath)) {
      return false;
    }
    URI own = Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return new File(classPath).getCanonicalFile().equals(new File(own).getCanonicalFile());
  }

  /** {@code jcmd}, {@code jar} and the like, where JAVA_TOOL_OPTIONS names the agent. */
  private static boolean isToolOfTheJdk() {
    String module = System.getProperty("jdk.module.main");
    return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
  }
}
