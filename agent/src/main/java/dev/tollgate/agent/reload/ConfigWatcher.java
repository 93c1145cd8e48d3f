package dev.tollgate.agent.reload;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.limiter.LimiterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the configuration file every so often and puts its limits into force where it changed.
 * What can't be put into force changes nothing, and is told in one line for each content of the
 * file, and by the report as long as it is so; trying goes on.
 *
 * <p>It compares what the file holds, not when it was written: two writes may fall into one tick of
 * a file system's clock, and a copy may keep the time of what it is a copy of. Such files are
 * small.
 */
public final class ConfigWatcher implements Runnable {
  /** Whoever writes a file in place should be done by then; half of it may look like a whole. */
  private static final long SETTLE_MILLIS = 100;

  private static final byte[] ABSENT = {};

  private final File file;
  private final long everyMillis;
  private final Reload reload;
  private final AgentReport report;
  private final Console console;
  private final Pause pause;

  /** What the file held when it was last put into force; null before the first look. */
  private byte @Nullable [] inForce;

  private byte @Nullable [] failedContent;
  private @Nullable String failure;

  /**
   * @param settings those in force, with the file to look at
   * @param source what they were loaded from
   */
  public ConfigWatcher(
      File file,
      TollgateSettings settings,
      SettingsSource source,
      LimiterRegistry registry,
      AgentReport report,
      Console console) {
    this(file, settings, source, registry, report, console, new Sleep());
  }

  ConfigWatcher(
      File file,
      TollgateSettings settings,
      SettingsSource source,
      LimiterRegistry registry,
      AgentReport report,
      Console console,
      Pause pause) {
    this.file = file;
    this.everyMillis = settings.reload().toMillis();
    this.reload = new Reload(file, settings, source, registry);
    this.report = report;
    this.console = console;
    this.pause = pause;
  }

  /** Goes on until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        pause.millis(everyMillis);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    byte[] content = ABSENT;
    try {
      content = Files.readAllBytes(file.toPath());
      if (Arrays.equals(content, inForce)) {
        inForce();
        return;
      }
      if (!Arrays.equals(content, failedContent) && !hasSettled(content)) {
        return;
      }
      String told = reload.run();
      inForce = content;
      inForce();
      if (!told.isEmpty()) {
        console.info("reloaded " + file + ": " + told);
      }
    } catch (IOException e) {
      fail(
          content,
          file + (file.exists() ? " can't be read: " + e.getMessage() : " does not exist"));
    } catch (RuntimeException | Error e) {
      fail(content, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private boolean hasSettled(byte[] content) throws InterruptedException, IOException {
    pause.millis(SETTLE_MILLIS);
    return Arrays.equals(content, Files.readAllBytes(file.toPath()));
  }

  private void inForce() {
    failure = null;
    report.notReloaded(null);
  }

  private void fail(byte[] content, String why) {
    if (!why.equals(failure) || !Arrays.equals(content, failedContent)) {
      String line = "not reloaded, the limits stay as they are: " + why;
      report.notReloaded(line);
      console.errorAgain(line);
    }
    failure = why;
    failedContent = content;
  }

  /** Not a lambda: this is made before the program runs. */
  private static final class Sleep implements Pause {
    @Override
    public void millis(long millis) throws InterruptedException {
      Thread.sleep(millis);
    }
  }
}
