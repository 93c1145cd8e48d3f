package dev.tollgate.agent.reload;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.config.ConfigFiles;
import dev.tollgate.config.FileReading;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.limiter.LimiterRegistry;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the configuration file, and all that it includes, every so often and puts its limits
 * into force if it changed. What can't be put into force changes nothing, and is told in one line
 * for each content of the files, and shown for as long as it is so; trying goes on.
 *
 * <p>It compares what the files hold, not when they were written: two writes may fall into one tick
 * of a file system's clock, and a copy may keep the time of what it is a copy of. Such files are
 * small. Each is read once, and settings are loaded of these bytes. They are put into force if the
 * files still hold the same a moment later, and remembered.
 */
public final class ConfigWatcher implements Runnable {
  /** Whoever writes a file in place should be done by then; half of it may look like a whole. */
  private static final long SETTLE_MILLIS = 100;

  private final File file;
  private final long everyMillis;
  private final SettingsSource source;
  private final FileReading reading;
  private final Reload reload;
  private final AgentReport report;
  private final Console console;
  private final Pause pause;

  /** What was last put into force; null before the first look. */
  private @Nullable ConfigFiles inForce;

  private @Nullable ConfigFiles failed;
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
    this(file, settings, source, registry, report, console, FileReading.ofFiles(), new Sleep());
  }

  ConfigWatcher(
      File file,
      TollgateSettings settings,
      SettingsSource source,
      LimiterRegistry registry,
      AgentReport report,
      Console console,
      FileReading reading,
      Pause pause) {
    this.file = file;
    this.everyMillis = settings.reload().toMillis();
    this.source = source;
    this.reading = reading;
    this.reload = new Reload(file, settings, registry);
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
    if (inForce != null && inForce.areUnchanged()) {
      inForce();
      return;
    }
    ConfigFiles files = new ConfigFiles(reading);
    TollgateSettings fresh = null;
    Throwable fault = null;
    try {
      fresh = source.load(files);
    } catch (RuntimeException | Error e) {
      fault = e;
    }
    if (!isKnownToFail(files) && !haveSettled(files)) {
      return;
    }
    if (fresh != null) {
      try {
        String told = reload.run(fresh);
        inForce = files;
        inForce();
        if (!told.isEmpty()) {
          console.info("reloaded " + file + ": " + told);
        }
        return;
      } catch (RuntimeException | Error e) {
        fault = e;
      }
    }
    fail(files, why(fault));
  }

  private boolean isKnownToFail(ConfigFiles files) {
    return failed != null && failed.areTheSameAs(files);
  }

  private boolean haveSettled(ConfigFiles files) throws InterruptedException {
    pause.millis(SETTLE_MILLIS);
    return files.areUnchanged();
  }

  private String why(@Nullable Throwable fault) {
    if (!file.exists()) {
      return file + " does not exist";
    }
    String message = fault == null ? null : fault.getMessage();
    return message == null ? String.valueOf(fault) : message;
  }

  private void inForce() {
    failure = null;
    report.reloaded();
  }

  private void fail(ConfigFiles files, String why) {
    if (!why.equals(failure) || !isKnownToFail(files)) {
      console.errorAgain("not reloaded, the limits stay as they are: " + why);
    }
    report.notReloaded(why);
    failure = why;
    failed = files;
  }

  /** Not a lambda: this is made before the program runs. */
  private static final class Sleep implements Pause {
    @Override
    public void millis(long millis) throws InterruptedException {
      Thread.sleep(millis);
    }
  }
}
