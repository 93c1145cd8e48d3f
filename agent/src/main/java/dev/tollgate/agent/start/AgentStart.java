package dev.tollgate.agent.start;

import dev.tollgate.agent.report.Console;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.SettingsLoader;
import dev.tollgate.config.TollgateSettings;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Called by the launcher, in the agent's own class loader. What runs here runs before the program,
 * which pays for it: no lambda, no string concatenation by invokedynamic, no JMX, and nothing that
 * the first woven class or the first bean can bring up later.
 */
public final class AgentStart {
  /** In the answer to an attach, which is one line; the Agent bean has all. */
  private static final int NAMES = 5;

  private AgentStart() {}

  /**
   * From {@code premain}. A configuration that can't be honoured ends the JVM with status 1.
   *
   * @param given the agent's arguments, or null, and its version
   */
  public static void atLaunch(@Nullable String[] given, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    try {
      start(given[0], instrumentation, String.valueOf(given[1]), true);
    } catch (ConfigurationException e) {
      refuse(e);
      System.exit(1);
    }
  }

  /**
   * From {@code agentmain}. A configuration that can't be honoured leaves the JVM as it was.
   *
   * @param given the agent's arguments, or null, and its version
   */
  public static void whileRunning(@Nullable String[] given, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    String version = String.valueOf(given[1]);
    AttachReply reply = AttachReply.of(instrumentation, given[0]);
    try {
      String refusal = start(reply.arguments(), instrumentation, version, false);
      if (refusal == null) {
        reply.active(version);
      } else {
        reply.refused(refusal);
      }
    } catch (ConfigurationException e) {
      refuse(e);
      reply.refused(String.valueOf(e.getMessage()));
    } catch (Throwable fault) {
      reply.refused(fault.toString());
      throw fault;
    }
  }

  /**
   * From {@code agentmain}, where the agent isn't wanted in this JVM.
   *
   * @param given the agent's arguments, or null, and why
   */
  public static void notHere(@Nullable String[] given, Instrumentation instrumentation) {
    AttachReply.of(instrumentation, given[0]).refused(String.valueOf(given[1]));
  }

  private static void refuse(ConfigurationException e) {
    new Console(false).error(String.valueOf(e.getMessage()));
  }

  /** Answers with null once all is limited that should be; otherwise why it isn't. */
  private static @Nullable String start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      String version,
      boolean beforeProgram)
      throws IOException, ReflectiveOperationException {
    TollgateSettings settings =
        SettingsLoader.load(
            arguments, System.getProperties(), System.getenv(), ClassLoader.getSystemClassLoader());
    if (!settings.enabled()) {
      return "enabled is false: the agent does nothing";
    }
    Predecessor before = Predecessor.find();
    Console console = new Console(settings.quiet());
    if (before != null && before.isActive()) {
      String refusal = "an agent is active in this JVM already; this one isn't";
      console.error(refusal);
      return refusal;
    }
    Remains remains = before == null ? null : before.remains();
    Arrival arrival = new Arrival(instrumentation, settings, version, remains, console);
    List<String> unlimited = List.of();
    if (beforeProgram) {
      arrival.atLaunch(arguments);
    } else {
      console.programRuns();
      unlimited = arrival.whileRunning(arguments);
    }
    console.info(
        version + ", " + arrival.limiters() + " limiters, configuration: " + settings.source());
    console.programRuns();
    return unlimited.isEmpty() ? null : incomplete(version, unlimited);
  }

  private static String incomplete(String version, List<String> unlimited) {
    int shown = Math.min(unlimited.size(), NAMES);
    String more = unlimited.size() == shown ? "" : ", …";
    return "Tollgate "
        + version
        + " is active, but these loaded classes can't be changed and stay unlimited ("
        + unlimited.size()
        + "; the Agent bean's Missed says why): "
        + String.join(", ", unlimited.subList(0, shown))
        + more;
  }
}
