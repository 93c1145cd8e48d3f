package dev.tollgate.agent.reload;

import dev.tollgate.config.ConfigFiles;
import dev.tollgate.config.SettingsLoader;
import dev.tollgate.config.TollgateSettings;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of this JVM were loaded from, to be loaded again. System properties are those
 * of the start: what the program sets later was never configuration.
 */
public record SettingsSource(
    @Nullable String arguments,
    Properties systemProperties,
    Map<String, String> environment,
    ClassLoader resources) {

  /** Copies the properties. */
  public SettingsSource {
    systemProperties = (Properties) systemProperties.clone();
  }

  /** Loads them from what {@code files} reads. */
  TollgateSettings load(ConfigFiles files) {
    return SettingsLoader.load(arguments, systemProperties, environment, resources, files);
  }
}
