package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.report.WeavingCheck;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.health.Changes;
import dev.tollgate.health.HealthDoor;
import dev.tollgate.health.HealthRegistry;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Ticker;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's health: brought up on a thread of its own when the program has had time to start, or by
 * whoever asks for it before. As the door's supplier it answers with null where configuration says
 * that nothing is to be watched.
 *
 * <p>What the program has asked for outlives the agent, which adds to it, while it is there, a
 * check of its weaving and a line on stderr for each change.
 */
final class AgentHealth implements Supplier<@Nullable Map<String, Object>>, Runnable {
  /**
   * The program's own start comes first; the first report is there within a second all the same.
   */
  private static final long HEAD_START_MILLIS = 400;

  private static final long POLL_MILLIS = 250;

  private static final String WEAVING = "weaving";

  private final LimiterRegistry limiters;
  private final BooleanSupplier mayUseLogging;

  // All below: guarded by this.
  private TollgateSettings settings;
  private @Nullable Guest agent;
  private @Nullable HealthRegistry health;
  private @Nullable Map<String, Object> door;

  /**
   * @param mayUseLogging whether initialising {@code java.util.logging} now does no harm
   */
  AgentHealth(
      TollgateSettings settings,
      LimiterRegistry limiters,
      AgentReport report,
      Console console,
      BooleanSupplier mayUseLogging) {
    this.settings = settings;
    this.limiters = limiters;
    this.agent = new Guest(report, console);
    this.mayUseLogging = mayUseLogging;
  }

  @Override
  public void run() {
    try {
      Thread.sleep(HEAD_START_MILLIS);
      // Elsewhere memory is read through JNA, which initialises java.util.logging.
      while (!isOnLinux() && !mayUseLogging.getAsBoolean()) {
        Thread.sleep(POLL_MILLIS);
      }
      registry();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      fault("health isn't watched: " + e);
    }
  }

  private synchronized void fault(String line) {
    if (agent != null) {
      agent.console.error(line);
    }
  }

  private static boolean isOnLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  @Override
  public synchronized @Nullable Map<String, Object> get() {
    HealthRegistry registry = registry();
    if (door == null && registry != null) {
      door = HealthDoor.to(registry);
    }
    return door;
  }

  /** Null where nothing is watched. */
  synchronized @Nullable HealthRegistry registry() {
    if (health == null && settings.health().enabled()) {
      HealthRegistry started =
          new HealthRegistry(
              settings.health(),
              limiters::stats,
              name -> limiters.get(name).config().mode(),
              Ticker.system());
      if (agent != null) {
        agent.join(started);
      }
      started.start();
      health = started;
    }
    return health;
  }

  /** The agent leaves. What the program has asked for goes on; otherwise nothing is watched now. */
  synchronized void leave() {
    if (health != null && agent != null) {
      agent.leave(health);
    }
    agent = null;
    if (health != null && door == null) {
      health.close();
      health = null;
    }
  }

  /** Another agent comes. What is watched already is watched as it was. */
  synchronized void join(TollgateSettings newSettings, AgentReport report, Console console) {
    agent = new Guest(report, console);
    if (health != null) {
      agent.join(health);
      if (!newSettings.health().equals(settings.health())) {
        console.error("health is watched as before the agent came: the program uses it already");
      }
    } else {
      settings = newSettings;
    }
  }

  /** What an agent adds to the health. */
  private static final class Guest {
    private final AgentReport report;
    private final Console console;
    private @Nullable Runnable stopListening;

    Guest(AgentReport report, Console console) {
      this.report = report;
      this.console = console;
    }

    void join(HealthRegistry health) {
      health.checkOfOurs(WEAVING, new WeavingCheck(report));
      stopListening =
          health.addListener(
              (before, after) -> {
                for (String line : Changes.lines(before, after)) {
                  console.info("health: " + line);
                }
              });
    }

    void leave(HealthRegistry health) {
      health.remove(WEAVING);
      if (stopListening != null) {
        stopListening.run();
      }
    }
  }
}
