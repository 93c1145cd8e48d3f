package dev.tollgate.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a text includes, as HOCON says: beside the text, or else on the class path; a name
 * without an ending stands for those with each. What isn't a file of this machine is refused:
 * whoever answers there would decide on the limits, and whoever doesn't would keep the program from
 * starting.
 */
final class HoconIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** The first of them wins. */
  private static final String[] ENDINGS = {".conf", ".json", ".properties"};

  private final HoconText texts;
  private final String name;
  private final @Nullable File file;
  private final String folder;

  /**
   * @param name of the text that includes, for messages
   * @param file that text, if it is a file
   * @param folder of that text on the class path, with a slash at its end; empty if it is a file,
   *     or stands in none
   */
  HoconIncludes(HoconText texts, String name, @Nullable File file, String folder) {
    this.texts = texts;
    this.name = name;
    this.file = file;
    this.folder = folder;
  }

  /** The library's own would read what isn't counted. */
  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    URL url = url(what);
    return url != null ? includeURL(context, url) : anyOf(context, what, Place.BESIDE);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return anyOf(context, what.getPath(), Place.FILE);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return anyOf(context, what, Place.CLASS_PATH);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    String authority = what.getAuthority();
    if (!what.getProtocol().equals("file") || (authority != null && !authority.isEmpty())) {
      throw new ConfigurationException(
          name + ": includes what is no file of this machine; include a copy of it");
    }
    File local = new File(URI.create(what.toString()).getPath());
    return orEmpty(context, texts.parse(local, local.getPath()));
  }

  private ConfigObject anyOf(ConfigIncludeContext context, String what, Place place) {
    if (hasEnding(what)) {
      return orEmpty(context, one(what, place));
    }
    ConfigObject all = null;
    for (String ending : ENDINGS) {
      ConfigObject found = one(what + ending, place);
      if (found != null) {
        all = all == null ? found : all.withFallback(found);
      }
    }
    return orEmpty(context, all);
  }

  private @Nullable ConfigObject one(String what, Place place) {
    if (place == Place.FILE) {
      File plain = new File(what);
      return texts.parse(plain, plain.getPath());
    }
    if (place == Place.BESIDE) {
      ConfigObject beside = beside(what);
      if (beside != null) {
        return beside;
      }
    }
    String path = what.startsWith("/") ? what.substring(1) : what;
    ConfigObject sibling =
        place == Place.BESIDE && !folder.isEmpty() ? onClassPath(folder + path) : null;
    return sibling != null ? sibling : onClassPath(path);
  }

  private @Nullable ConfigObject beside(String what) {
    File given = new File(what);
    if (given.isAbsolute()) {
      return texts.parse(given, what);
    }
    if (file != null) {
      File sibling = new File(file.getAbsoluteFile().getParentFile(), what);
      return texts.parse(sibling, sibling.getPath());
    }
    return null;
  }

  private @Nullable ConfigObject onClassPath(String path) {
    URL found = texts.resources().getResource(path);
    if (found == null) {
      return null;
    }
    String called = ConfigFile.nameOf(found);
    return ConfigFile.isFile(found)
        ? texts.parse(new File(called), called)
        : texts.parse(found, called, path.substring(0, path.lastIndexOf('/') + 1));
  }

  private ConfigObject orEmpty(ConfigIncludeContext context, @Nullable ConfigObject found) {
    if (found != null) {
      return found;
    }
    if (!context.parseOptions().getAllowMissing()) {
      throw new ConfigurationException(name + ": includes a required file that does not exist");
    }
    return ConfigFactory.empty().root();
  }

  private static boolean hasEnding(String what) {
    String lower = what.toLowerCase(Locale.ROOT);
    for (String ending : ENDINGS) {
      if (lower.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable URL url(String what) {
    try {
      return new URL(what);
    } catch (MalformedURLException e) {
      return null; // A name, as most are.
    }
  }

  /** Where a name is looked for. */
  private enum Place {
    FILE,
    CLASS_PATH,
    /** Beside the text that includes it, then on the class path. */
    BESIDE
  }
}
