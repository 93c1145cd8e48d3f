package dev.tollgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in place of substitutions, as far as they are asked for, and no more than so much of
 * them.
 *
 * <p>The library resolves a whole file at once, in which 800 bytes can stand for more than any
 * memory holds: {@code a0 = ${a1} ${a1}}, {@code a1 = ${a2} ${a2}}, and so on. Here it resolves one
 * value at a time, all by itself, so that it finds none of the others and asks this {@link
 * ConfigResolver} for each. Which answers with a value that is resolved already, and of a known
 * size; all these sizes together are bounded. Nothing larger can come of that than the texts and
 * this bound.
 *
 * <p>A value that refers to itself ({@code +=} does) is the exception, since only the library knows
 * what came before it. Such references are counted first: r of them can repeat no text more than 2ʳ
 * times, as often as there are sets of them.
 */
final class HoconValues implements ConfigResolver {
  static final String ENVIRONMENT = "environment variable ";

  /** Characters, of values that substitutions are replaced by. */
  private static final long MOST = 4L * 1024 * 1024;

  /** What a key or a value takes besides its characters, in characters. */
  private static final long OVERHEAD = 32;

  private final ConfigObject root;
  private final Map<String, String> environment;
  private final boolean hasIncludes;
  private final int substitutions;
  private final String name;

  /** No file can refer to it: it isn't known before. */
  private final String alone = "alone-" + System.nanoTime();

  private final ConfigResolveOptions options = ConfigResolveOptions.noSystem().appendResolver(this);
  private final Map<String, @Nullable ConfigValue> settled = new HashMap<>();
  private final Deque<Settling> open = new ArrayDeque<>();
  private long left = MOST;

  /**
   * @param root of the file
   * @param environment what substitutions find beside the file's own values
   * @param texts that were parsed to {@code root}
   * @param name of the file, for messages
   */
  HoconValues(ConfigObject root, HoconText texts, Map<String, String> environment, String name) {
    this.root = root;
    this.environment = environment;
    this.hasIncludes = texts.hasIncludes();
    this.substitutions = texts.substitutions();
    this.name = name;
  }

  /**
   * The value at {@code path}; resolved, or an object whose {@linkplain #child children} are to be
   * asked for. Null if there is none, or an optional substitution has no value.
   *
   * @throws ConfigurationException if substitutions stand for too much
   * @throws ConfigException if one has no value
   */
  @Nullable ConfigValue at(List<String> path) {
    ConfigValue at = root;
    for (int i = 0; i < path.size(); i++) {
      at =
          at instanceof ConfigObject object ? child(path.subList(0, i), object, path.get(i)) : null;
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  /** The same of a child of the object at {@code path}. */
  @Nullable ConfigValue child(List<String> path, ConfigObject object, String key) {
    ConfigValue value = object.get(key);
    if (value == null || isReadable(value)) {
      return value;
    }
    List<String> at = new ArrayList<>(path);
    at.add(key);
    return settle(at, value);
  }

  @Override
  public @Nullable ConfigValue lookup(String path) {
    List<String> names = ConfigUtil.splitPath(path);
    ConfigValue found = whole(names);
    // The library puts before a path in a file that is included in a section where that stands, and
    // means the path as it is written if there is nothing.
    for (int i = 1; hasIncludes && found == null && i < names.size(); i++) {
      found = whole(names.subList(i, names.size()));
    }
    if (found != null) {
      take(size(found));
    }
    return found;
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this;
  }

  private @Nullable ConfigValue whole(List<String> names) {
    ConfigValue found = at(names);
    if (found == null) {
      String variable = String.join(".", names);
      String value = environment.get(variable);
      return value == null ? null : ConfigValueFactory.fromAnyRef(value, ENVIRONMENT + variable);
    }
    return found instanceof ConfigObject object && !isResolved(object)
        ? resolved(names, object)
        : found;
  }

  private @Nullable ConfigValue resolved(List<String> path, ConfigObject object) {
    ConfigObject whole = object;
    for (Map.Entry<String, ConfigValue> each : object.entrySet()) {
      if (isResolved(each.getValue())) {
        continue;
      }
      String key = each.getKey();
      ConfigValue value = child(path, object, key);
      if (value instanceof ConfigObject inner && !isResolved(inner)) {
        List<String> at = new ArrayList<>(path);
        at.add(key);
        value = resolved(at, inner);
      }
      take(OVERHEAD * whole.size());
      whole = value == null ? whole.withoutKey(key) : whole.withValue(key, value);
    }
    return whole;
  }

  private @Nullable ConfigValue settle(List<String> path, ConfigValue value) {
    String key = ConfigUtil.joinPath(path);
    if (settled.containsKey(key)) {
      return settled.get(key);
    }
    for (Settling each : open) {
      if (each.key.equals(key)) {
        each.references++;
        return null;
      }
    }
    Settling settling = new Settling(key);
    open.push(settling);
    try {
      long before = left;
      Config result = value.atKey(alone).resolve(options.setAllowUnresolved(true));
      ConfigValue found = result.root().get(alone);
      if (settling.references > 0) {
        bound(value, settling.references, before - left);
        found = inside(value.atPath(key).resolve(options).root(), path);
      } else if (!result.isResolved()) {
        value.atKey(alone).resolve(options); // Says what has no value.
      }
      // Also where there is none: or many that refer to one another would be asked for again.
      settled.put(key, found);
      return found;
    } finally {
      open.pop();
    }
  }

  private static @Nullable ConfigValue inside(ConfigObject resolved, List<String> path) {
    ConfigValue at = resolved;
    for (String key : path) {
      at = at instanceof ConfigObject object ? object.get(key) : null;
    }
    return at;
  }

  /**
   * Before the library resolves a value that refers to itself {@code references} times. Those of
   * {@code +=} repeat what came before once, any other may double it.
   */
  private void bound(ConfigValue value, int references, long taken) {
    long size = value.render(ConfigRenderOptions.concise()).length() + taken;
    int doublings = Math.min(references, substitutions);
    take(doublings > 20 ? MOST + 1 : (size * (references + 1)) << doublings);
  }

  private void take(long size) {
    left -= size;
    if (left < 0) {
      throw new ConfigurationException(
          name + ": has substitutions that stand for more than " + MOST + " characters");
    }
  }

  private static long size(ConfigValue value) {
    long size = OVERHEAD;
    if (value instanceof ConfigObject object) {
      for (Map.Entry<String, ConfigValue> each : object.entrySet()) {
        size += each.getKey().length() + size(each.getValue());
      }
    } else if (value instanceof ConfigList list) {
      for (ConfigValue item : list) {
        size += size(item);
      }
    } else if (value.unwrapped() instanceof String text) {
      size += text.length();
    }
    return size;
  }

  /** Whether it is resolved, or an object that shows its children. */
  private static boolean isReadable(ConfigValue value) {
    if (isResolved(value)) {
      return true;
    }
    if (!(value instanceof ConfigObject object)) {
      return false;
    }
    try {
      return !object.keySet().isEmpty();
    } catch (ConfigException.NotResolved e) {
      return false; // What it is made of isn't merged yet.
    }
  }

  private static boolean isResolved(ConfigValue value) {
    return value.atKey("v").isResolved();
  }

  /** A value that is being resolved, and how often it refers to itself. */
  private static final class Settling {
    final String key;
    int references;

    Settling(String key) {
      this.key = key;
    }
  }
}
