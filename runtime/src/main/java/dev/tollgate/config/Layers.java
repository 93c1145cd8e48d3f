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
  private final TreeReader reader = new TreeReader(values);
  private final List<String> sources = new ArrayList<>();
  private final Map<String, String> environment;
  private final ClassLoader resources;
  private @Nullable File file;

  private Layers(Map<String, String> environment, ClassLoader resources) {
    this.environment = environment;
    this.resources = resources;
  }

  static TollgateSettings load(
      @Nullable String agentArguments,
      Properties systemProperties,
      Map<String, String> environment,
      ClassLoader resources) {
    Map<String, String> arguments = AgentArguments.parse(agentArguments);
    Layers layers = new Layers(environment, resources);
    try {
      layers.addFile(arguments, systemProperties);
      layers.addSystemProperties(systemProperties);
      layers.addArguments(arguments);
      return layers.build();
    } catch (StackOverflowError e) {
      throw layers.tooDeep(e);
    }
  }

  static TollgateSettings check(File file, Map<String, String> environment, ClassLoader resources) {
    Layers layers = new Layers(environment, resources);
    layers.file = file;
    try {
      layers.add(ConfigFile.read(file, file.getPath(), environment, resources), file.getPath());
      return layers.build();
    } catch (StackOverflowError e) {
      throw layers.tooDeep(e);
    }
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
      add(ConfigFile.read(resource, name, environment, resources), name);
    }
  }

  private void addNamed(String namedBy, String path) {
    file = new File(path);
    add(ConfigFile.readNamed(namedBy, path, environment, resources), path);
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
    reader.read(tollgate);
    sources.add(source);
  }

  private TollgateSettings build() {
    String source =
        sources.isEmpty() ? TollgateSettings.defaults().source() : String.join(", ", sources);
    return SettingsBuilder.build(values, file, source);
  }

  /** Or it would pass for a fault of ours, and the program would start without its limits. */
  private ConfigurationException tooDeep(StackOverflowError e) {
    String place = file == null ? "configuration" : file.getPath();
    return new ConfigurationException(
        place + ": can't be read: it has too many sections or lists inside one another", e);
  }
}
