package dev.tollgate.config;

import java.io.File;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration and reads it. Later wins, key by key: the file, system properties, agent
 * arguments.
 *
 * <p>This runs before the program does, most often with nothing configured. Then it loads nothing
 * but the settings' own classes; what reads is behind {@link Layers}. No lambda, regular expression
 * or formatter there either: only a file in HOCON or JSON needs more than plain code.
 */
public final class SettingsLoader {
  static final String PREFIX = "tollgate.";
  static final String CONFIG_PROPERTY = "tollgate.config";
  static final String CONFIG_VARIABLE = "TOLLGATE_CONFIG";
  static final String RESOURCE = "tollgate.conf";

  private SettingsLoader() {}

  /**
   * The settings of this JVM.
   *
   * @param agentArguments {@code key=value,key=value}; null or blank for none
   * @param systemProperties those that start with {@code tollgate.} count
   * @param environment names the file in {@code TOLLGATE_CONFIG} and serves substitutions
   * @param resources where {@code tollgate.conf} is looked for if nothing names a file
   * @throws ConfigurationException if something can't be read or is impossible
   */
  public static TollgateSettings load(
      @Nullable String agentArguments,
      Properties systemProperties,
      Map<String, String> environment,
      ClassLoader resources) {
    return load(agentArguments, systemProperties, environment, resources, null);
  }

  /**
   * The same of files that {@code files} reads, and remembers.
   *
   * @param files null for those of the file system, which aren't loaded then if nothing names one
   * @throws ConfigurationException if something can't be read or is impossible
   */
  public static TollgateSettings load(
      @Nullable String agentArguments,
      Properties systemProperties,
      Map<String, String> environment,
      ClassLoader resources,
      @Nullable ConfigFiles files) {
    String variable = environment.get(CONFIG_VARIABLE);
    boolean nothing =
        (agentArguments == null || agentArguments.isBlank())
            && !hasOurs(systemProperties)
            && (variable == null || variable.isEmpty())
            && resources.getResource(RESOURCE) == null;
    return nothing
        ? TollgateSettings.defaults()
        : Layers.load(
            agentArguments,
            systemProperties,
            environment,
            resources,
            files == null ? new ConfigFiles() : files);
  }

  /**
   * The settings that {@code file} alone gives.
   *
   * @throws ConfigurationException if it can't be read or says something impossible
   */
  public static TollgateSettings check(File file) {
    return Layers.check(
        file, System.getenv(), ClassLoader.getSystemClassLoader(), new ConfigFiles());
  }

  private static boolean hasOurs(Properties systemProperties) {
    for (String name : systemProperties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        return true;
      }
    }
    return false;
  }
}
