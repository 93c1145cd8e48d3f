package dev.tollgate.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file in HOCON or JSON. This and its helpers know the library which reads them, and are loaded
 * only if there is such a file.
 */
final class HoconFile {
  private static final String ROOT = "tollgate";

  private final String name;
  private final HoconValues values;

  private HoconFile(String name, HoconValues values) {
    this.name = name;
    this.values = values;
  }

  /**
   * What stands under {@code tollgate} in {@code file}; null where nothing does.
   *
   * @param environment what substitutions find beside the file's own values
   * @throws ConfigurationException if the file can't be read
   */
  static @Nullable Node read(File file, Map<String, String> environment, HoconText texts) {
    String name = file.getPath();
    try {
      return read(texts.parse(file, name), name, environment, texts);
    } catch (ConfigException e) {
      throw oneLine(e, name);
    }
  }

  /**
   * The same for a resource in no folder that isn't a file, which is called {@code name} in
   * messages.
   */
  static @Nullable Node read(
      URL resource, String name, Map<String, String> environment, HoconText texts) {
    try {
      return read(texts.parse(resource, name, ""), name, environment, texts);
    } catch (ConfigException e) {
      throw oneLine(e, name);
    }
  }

  private static @Nullable Node read(
      @Nullable ConfigObject root, String name, Map<String, String> environment, HoconText texts) {
    if (root == null) {
      throw new ConfigurationException(name + ": does not exist");
    }
    HoconValues values = new HoconValues(root, texts, environment, name);
    // Only this is resolved, and what it refers to: another program's part of a shared file may
    // refer to what only that program knows.
    ConfigValue tollgate = values.at(List.of(ROOT));
    return tollgate == null ? null : new HoconFile(name, values).toNode(tollgate, List.of(ROOT));
  }

  private Node toNode(ConfigValue value, List<String> path) {
    Origin origin = toOrigin(value.origin(), name);
    return switch (value.valueType()) {
      case OBJECT -> toSection((ConfigObject) value, path, origin);
      case LIST -> toItems((ConfigList) value, path, origin);
      case NULL -> new Node.Null(origin);
      // As it was written: 1e3 stays 1e3.
      case NUMBER, BOOLEAN, STRING -> new Node.Scalar(value.atKey("v").getString("v"), origin);
    };
  }

  private Node toSection(ConfigObject object, List<String> path, Origin origin) {
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(object.entrySet());
    entries.sort(new ByLine());
    Map<String, Node> children = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : entries) {
      String key = entry.getKey();
      ConfigValue value = values.child(path, object, key);
      if (value != null) {
        List<String> inner = new ArrayList<>(path);
        inner.add(key);
        children.put(key, toNode(value, inner));
      }
    }
    return new Node.Section(children, origin);
  }

  private Node toItems(ConfigList list, List<String> path, Origin origin) {
    List<Node> items = new ArrayList<>();
    for (ConfigValue item : list) {
      items.add(toNode(item, path));
    }
    return new Node.Items(items, origin);
  }

  /** A section that two files share has a description of both, and no line. */
  private static Origin toOrigin(@Nullable ConfigOrigin origin, String name) {
    if (origin == null) {
      return Origin.file(name, 0);
    }
    String said = origin.description();
    if (origin.lineNumber() > 0) {
      // As it was given to the library, then a colon and the line, or the first and the last.
      int end = said.lastIndexOf(": ");
      return Origin.file(end < 0 ? name : said.substring(0, end), origin.lineNumber());
    }
    return said.startsWith(HoconValues.ENVIRONMENT)
        ? Origin.file(name + ", " + said, 0)
        : Origin.file(name, 0);
  }

  private static ConfigurationException oneLine(ConfigException e, String name) {
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
    return new ConfigurationException(
        toOrigin(origin, name).lead() + ParserWords.clear(message), e);
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
}
