package dev.tollgate.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses texts for the library, which is never given a file or an address to read: what it is given
 * has been counted, and is what was compared if the file is looked at again.
 */
final class HoconText {
  private static final int DEEPEST_INCLUDE = 20;

  private final ConfigFiles files;
  private final ClassLoader resources;
  private final HoconBounds bounds = new HoconBounds();
  private int depth;
  private boolean hasIncludes;

  /**
   * @param resources where an include may find resources
   */
  HoconText(ConfigFiles files, ClassLoader resources) {
    this.files = files;
    this.resources = resources;
  }

  ConfigFiles files() {
    return files;
  }

  ClassLoader resources() {
    return resources;
  }

  /** Whether any text so far had an include. */
  boolean hasIncludes() {
    return hasIncludes;
  }

  /** How many substitutions all texts so far have at most. */
  int substitutions() {
    return bounds.substitutions();
  }

  /**
   * The root of what {@code file} holds, with its substitutions as they are written; null if it
   * isn't there.
   *
   * @param name what it is called in messages
   */
  @Nullable ConfigObject parse(File file, String name) {
    byte[] content = files.read(file);
    return content == null
        ? null
        : parse(content, name, syntax(name), new HoconIncludes(this, name, file, ""));
  }

  /**
   * The same of a resource that isn't a file.
   *
   * @param folder that it stands in, with a slash at its end; empty if it stands in none
   */
  ConfigObject parse(URL resource, String name, String folder) {
    byte[] content = files.read(resource, name);
    return parse(content, name, syntax(name), new HoconIncludes(this, name, null, folder));
  }

  private ConfigObject parse(
      byte[] content, String name, ConfigSyntax syntax, HoconIncludes includes) {
    String text = new String(content, StandardCharsets.UTF_8);
    bounds.count(syntax == ConfigSyntax.JSON ? "" : text, name);
    hasIncludes |= depth > 0;
    if (depth > DEEPEST_INCLUDE) {
      throw new ConfigurationException(
          name + ": is included by more than " + DEEPEST_INCLUDE + " files, one in another");
    }
    // With a class loader, or the library asks for the thread's.
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(syntax)
            .setOriginDescription(name)
            .setClassLoader(resources)
            .setIncluder(includes);
    depth++;
    try {
      return ConfigFactory.parseReader(new StringReader(text), options).root();
    } finally {
      depth--;
    }
  }

  private static ConfigSyntax syntax(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".json")
        ? ConfigSyntax.JSON
        : lower.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
  }
}
