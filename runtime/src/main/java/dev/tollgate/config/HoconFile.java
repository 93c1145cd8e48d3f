package dev.tollgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file in HOCON or JSON. The only class that knows the library which reads them, and it is loaded
 * only where there is such a file.
 */
final class HoconFile {
  private static final String ROOT = "tollgate";
  private static final String ENVIRONMENT = "environment variable ";

  private final String name;
  private final Map<String, String> environment;
  private final ConfigParseOptions options;

  private HoconFile(
      String name, ConfigSyntax syntax, Map<String, String> environment, ClassLoader resources) {
    this.name = name;
    this.environment = environment;
    // With a class loader, or the library asks for the thread's.
    this.options =
        ConfigParseOptions.defaults()
            .setSyntax(syntax)
            .setAllowMissing(false)
            .setClassLoader(resources)
            .setIncluder(new LocalIncludes(null));
  }

  /**
   * What stands under {@code tollgate} in {@code file}; null where nothing does.
   *
   * @param environment what substitutions find beside the file's own values
   * @param resources where the file's includes may find resources
   * @throws ConfigurationException if the file can't be read
   */
  static @Nullable Node read(File file, Map<String, String> environment, ClassLoader resources) {
    boolean json = file.getName().toLowerCase(Locale.ROOT).endsWith(".json");
    HoconFile reader =
        new HoconFile(
            file.getPath(), json ? ConfigSyntax.JSON : ConfigSyntax.CONF, environment, resources);
    // The library looks for includes beside the file, and knows no folder of a mere name.
    ConfigParseOptions options = reader.options.setOriginDescription(reader.name);
    try {
      return reader.tollgate(ConfigFactory.parseFile(file.getAbsoluteFile(), options));
    } catch (ConfigException e) {
      throw reader.oneLine(e);
    }
  }

  /** The same for a resource, which is called {@code name} in messages. */
  static @Nullable Node read(
      URL resource, String name, Map<String, String> environment, ClassLoader resources) {
    HoconFile reader = new HoconFile(name, ConfigSyntax.CONF, environment, resources);
    try {
      return reader.tollgate(ConfigFactory.parseURL(resource, reader.options));
    } catch (ConfigException e) {
      throw reader.oneLine(e);
    }
  }

  private @Nullable Node tollgate(Config file) {
    ConfigValue tollgate = resolve(file).root().get(ROOT);
    return tollgate == null ? null : toNode(tollgate);
  }

  private Config resolve(Config file) {
    ConfigResolveOptions all = ConfigResolveOptions.noSystem().appendResolver(new Environment());
    try {
      return file.resolve(all);
    } catch (ConfigException.UnresolvedSubstitution e) {
      // Another program's part of a shared file may refer to what only that program knows.
      return file.resolve(all.setAllowUnresolved(true)).withOnlyPath(ROOT).resolve(all);
    }
  }

  private Node toNode(ConfigValue value) {
    Origin origin = toOrigin(value.origin());
    return switch (value.valueType()) {
      case OBJECT -> toSection((ConfigObject) value, origin);
      case LIST -> toItems((ConfigList) value, origin);
      case NULL -> new Node.Null(origin);
      // As it was written: 1e3 stays 1e3.
      case NUMBER, BOOLEAN, STRING -> new Node.Scalar(value.atKey("v").getString("v"), origin);
    };
  }

  private Node toSection(ConfigObject object, Origin origin) {
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(object.entrySet());
    entries.sort(new ByLine());
    Map<String, Node> children = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : entries) {
      children.put(entry.getKey(), toNode(entry.getValue()));
    }
    return new Node.Section(children, origin);
  }

  private Node toItems(ConfigList list, Origin origin) {
    List<Node> items = new ArrayList<>();
    for (ConfigValue item : list) {
      items.add(toNode(item));
    }
    return new Node.Items(items, origin);
  }

  /** A section that two files share has a description of both, and no line. */
  private Origin toOrigin(@Nullable ConfigOrigin origin) {
    if (origin == null) {
      return Origin.file(name, 0);
    }
    if (origin.lineNumber() > 0) {
      String file = origin.filename();
      URL url = origin.url();
      String written = file != null ? file : url != null ? url.toString() : name;
      return Origin.file(written, origin.lineNumber());
    }
    return origin.description().startsWith(ENVIRONMENT)
        ? Origin.file(name + ", " + origin.description(), 0)
        : Origin.file(name, 0);
  }

  private ConfigurationException oneLine(ConfigException e) {
    ConfigOrigin origin = e.origin();
    String message = String.valueOf(e.getMessage());
    if (e instanceof ConfigException.IO) {
      return new ConfigurationException(name + ": can't be read: " + message, e);
    }
    if (e instanceof ConfigException.BugOrBroken) {
      // The library's own message holds the whole file, other programs' secrets with it.
      return new ConfigurationException(
          name + ": has substitutions that can't be resolved; write them more simply", e);
    }
    if (origin != null && message.startsWith(origin.description() + ": ")) {
      message = message.substring(origin.description().length() + 2).strip();
    }
    return new ConfigurationException(toOrigin(origin).lead() + ParserWords.clear(message), e);
  }

  /** The order of the text. */
  private static final class ByLine implements Comparator<Map.Entry<String, ConfigValue>> {
    @Override
    public int compare(Map.Entry<String, ConfigValue> a, Map.Entry<String, ConfigValue> b) {
      int lines =
          Integer.compare(a.getValue().origin().lineNumber(), b.getValue().origin().lineNumber());
      return lines != 0 ? lines : a.getKey().compareTo(b.getKey());
    }
  }

  /** Looks substitutions up that the file itself doesn't define. */
  private final class Environment implements ConfigResolver {
    @Override
    public @Nullable ConfigValue lookup(String path) {
      String value = environment.get(path);
      return value == null ? null : ConfigValueFactory.fromAnyRef(value, ENVIRONMENT + path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }

  /**
   * Refuses what the library would fetch from elsewhere: whoever answers there would decide on the
   * limits, and whoever doesn't would keep the program from starting.
   */
  private record LocalIncludes(@Nullable ConfigIncluder library)
      implements ConfigIncluder, ConfigIncluderURL {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return library == null ? new LocalIncludes(fallback) : this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      try {
        requireLocal(new URL(what));
      } catch (MalformedURLException e) {
        // A name, as most are.
      }
      return Objects.requireNonNull(library).include(context, what);
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      requireLocal(what);
      return ConfigFactory.parseURL(what, context.parseOptions()).root();
    }

    private static void requireLocal(URL url) {
      if (!url.getProtocol().equals("file")) {
        throw new ConfigException.Generic(
            "includes " + url + ", which is no file; include a copy of it");
      }
    }
  }
}
