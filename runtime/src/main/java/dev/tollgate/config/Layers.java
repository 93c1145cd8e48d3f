package dev.tollgate.config;

import java.io.File;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lays the places of configuration over one another: the file, system properties, arguments. */
final class Layers {
  private final Values values = new Values();
  private final TreeReader tree = new TreeReader(values);
  private final List<String> sources = new ArrayList<>();
  private final Map<String, String> environment;
  private final ClassLoader resources;
  private final ConfigFile.Reading reading;
  private @Nullable File file;

  private Layers(Map<String, String> environment, ClassLoader resources, ConfigFiles files) {
    this.environment = environment;
    this.resources = resources;
    this.reading = new ConfigFile.Reading(files, environment, resources);
  }

  static TollgateSettings load(
      @Nullable String agentArguments,
      Properties systemProperties,
      Map<String, String> environment,
      ClassLoader resources,
      ConfigFiles files) {
    try {
      return lay(agentArguments, systemProperties, environment, resources, files);
    } catch (Throwable e) {
      throw unreadable(e, files);
    }
  }

  static TollgateSettings check(
      File file, Map<String, String> environment, ClassLoader resources, ConfigFiles files) {
    try {
      return layOne(file, environment, resources, files);
    } catch (Throwable e) {
      throw unreadable(e, files);
    }
  }

  private static TollgateSettings lay(
      @Nullable String agentArguments,
      Properties systemProperties,
      Map<String, String> environment,
      ClassLoader resources,
      ConfigFiles files) {
    Map<String, String> arguments = AgentArguments.parse(agentArguments);
    Layers layers = new Layers(environment, resources, files);
    layers.addFile(arguments, systemProperties);
    layers.addSystemProperties(systemProperties);
    layers.addArguments(arguments);
    return layers.build();
  }

  private static TollgateSettings layOne(
      File file, Map<String, String> environment, ClassLoader resources, ConfigFiles files) {
    Layers layers = new Layers(environment, resources, files);
    layers.file = file;
    layers.add(ConfigFile.read(file, file.getPath(), layers.reading), file.getPath());
    return layers.build();
  }

  private void addFile(Map<String, String> arguments, Properties systemProperties) {
    String key = ConfigKey.CONFIG.path();
    String argument = arguments.get(key);
    if (argument != null) {
      addNamed(Origin.AGENT_ARGUMENT.name(key), argument);
      return;
    }
    String property = systemProperties.getProperty(SettingsLoader.CONFIG_PROPERTY);
    if (property != null) {
      addNamed(Origin.SYSTEM_PROPERTY.name(key), property);
      return;
    }
    String variable = environment.get(SettingsLoader.CONFIG_VARIABLE);
    // Empty is how scripts and container images say "not set".
    if (variable != null && !variable.isEmpty()) {
      addNamed("environment variable " + SettingsLoader.CONFIG_VARIABLE, variable);
      return;
    }
    URL resource = resources.getResource(SettingsLoader.RESOURCE);
    if (resource != null) {
      String name = ConfigFile.nameOf(resource);
      file = ConfigFile.isFile(resource) ? new File(name) : null;
      add(ConfigFile.read(resource, name, reading), name);
    }
  }

  private void addNamed(String namedBy, String path) {
    file = new File(path);
    add(ConfigFile.readNamed(namedBy, path, reading), path);
  }

  private void addSystemProperties(Properties systemProperties) {
    DottedTree tree = new DottedTree(Origin.SYSTEM_PROPERTY);
    for (String name : new TreeSet<>(systemProperties.stringPropertyNames())) {
      if (name.startsWith(SettingsLoader.PREFIX) && !name.equals(SettingsLoader.CONFIG_PROPERTY)) {
        tree.put(
            name.substring(SettingsLoader.PREFIX.length()),
            new Node.Scalar(systemProperties.getProperty(name), Origin.SYSTEM_PROPERTY));
      }
    }
    addUnlessEmpty(tree, Origin.SYSTEM_PROPERTY);
  }

  private void addArguments(Map<String, String> arguments) {
    DottedTree tree = new DottedTree(Origin.AGENT_ARGUMENT);
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      if (!argument.getKey().equals(ConfigKey.CONFIG.path())) {
        tree.put(argument.getKey(), new Node.Scalar(argument.getValue(), Origin.AGENT_ARGUMENT));
      }
    }
    addUnlessEmpty(tree, Origin.AGENT_ARGUMENT);
  }

  private void addUnlessEmpty(DottedTree tree, Origin origin) {
    if (!tree.root().children().isEmpty()) {
      add(tree.root(), origin.place());
    }
  }

  private void add(Node tollgate, String source) {
    tree.read(tollgate);
    sources.add(source);
  }

  private TollgateSettings build() {
    String source =
        sources.isEmpty() ? TollgateSettings.defaults().source() : String.join(", ", sources);
    return SettingsBuilder.build(values, file, source);
  }

  /**
   * What any failure is: or it would pass for a fault of ours, and the program would start without
   * its limits. Nothing that was read is held any longer here, so there is memory for the message.
   */
  private static ConfigurationException unreadable(Throwable e, ConfigFiles files) {
    if (e instanceof ConfigurationException known) {
      return known;
    }
    String why;
    if (e instanceof StackOverflowError) {
      why = "it has too many sections or lists inside one another";
    } else if (e instanceof OutOfMemoryError) {
      why = "it takes more memory than there is";
    } else {
      // Its message may quote anything.
      why = "a fault of Tollgate's own, ".concat(e.getClass().getName());
    }
    return new ConfigurationException(files.name() + ": can't be read: " + why, e);
  }
}
