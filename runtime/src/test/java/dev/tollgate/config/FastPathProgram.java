package dev.tollgate.config;

import java.net.URL;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Loads settings between two classes whose loading can be seen. */
final class FastPathProgram {
  private FastPathProgram() {}

  /** Loaded before the settings are. */
  static final class Begin {
    private Begin() {}

    static void mark() {}
  }

  /** Loaded after them. */
  static final class End {
    private End() {}

    static void mark() {}
  }

  private static final class NoResources extends ClassLoader {
    @Override
    public @Nullable URL getResource(String name) {
      return null;
    }
  }

  public static void main(String[] args) {
    Properties properties = new Properties();
    if (args[0].equals("something")) {
      properties.setProperty("tollgate.quiet", "true");
      properties.setProperty("tollgate.limiters.github_api.permits", "50");
      properties.setProperty("tollgate.limiters.github_api.timeout", "1.5s");
      properties.setProperty("tollgate.limiters.github_api.mode", "observe");
      properties.setProperty("tollgate.health.interval", "30s");
      properties.setProperty("tollgate.health.disk.paths", ".,/");
      properties.setProperty("tollgate.health.disk.critical-free", "1.5GB");
      properties.setProperty("tollgate.health.disk.critical-share", "12.5%");
      properties.setProperty("tollgate.health.checks.\"tool:python3.11\".failures", "2");
    }
    Map<String, String> environment = Map.of();
    // The system class loader's own search isn't the matter here.
    ClassLoader resources = new NoResources();
    Begin.mark();
    if (args[0].equals("lambda")) {
      Runnable nothing = () -> {};
      nothing.run();
    } else {
      SettingsLoader.load(null, properties, environment, resources);
    }
    End.mark();
  }
}
