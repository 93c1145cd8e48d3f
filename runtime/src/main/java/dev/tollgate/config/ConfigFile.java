package dev.tollgate.config;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration file of any format, by its ending. */
final class ConfigFile {
  private static final String RIGHT = "; it must be " + ConfigKey.CONFIG.type().expected();

  private ConfigFile() {}

  /**
   * What stands under {@code tollgate} in the file at {@code path}.
   *
   * @param namedBy who said so, for messages: {@code "system property tollgate.config"}
   * @throws ConfigurationException if it can't be read, isn't in order or has no {@code tollgate}
   */
  static Node readNamed(String namedBy, String path, Reading reading) {
    if (path.isBlank()) {
      throw new ConfigurationException(namedBy + " is empty" + RIGHT);
    }
    return read(new File(path), namedBy + " is " + path + ", which", reading);
  }

  /**
   * What stands under {@code tollgate} in {@code file}.
   *
   * @param subject of the sentence that says that the file isn't there
   * @throws ConfigurationException as above
   */
  static Node read(File file, String subject, Reading reading) {
    requireReadable(file, subject);
    boolean properties = file.getName().toLowerCase(Locale.ROOT).endsWith(".properties");
    Node tollgate = properties ? readProperties(file, subject, reading) : readHocon(file, reading);
    if (tollgate == null) {
      throw properties
          ? new ConfigurationException(
              file.getPath() + ": has no key under tollgate; write tollgate.KEY=VALUE")
          : noTollgate(file.getPath());
    }
    return tollgate;
  }

  private static @Nullable Node readProperties(File file, String subject, Reading reading) {
    byte[] content = reading.files().read(file);
    if (content == null) {
      throw new ConfigurationException(subject + " does not exist" + RIGHT);
    }
    return PropertiesFile.read(content, file.getPath());
  }

  private static @Nullable Node readHocon(File file, Reading reading) {
    return HoconFile.read(
        file, reading.environment(), new HoconText(reading.files(), reading.resources()));
  }

  /**
   * What stands under {@code tollgate} in a resource in HOCON.
   *
   * @throws ConfigurationException as above
   */
  static Node read(URL resource, String name, Reading reading) {
    HoconText texts = new HoconText(reading.files(), reading.resources());
    Node tollgate =
        isFile(resource)
            ? HoconFile.read(new File(name), reading.environment(), texts)
            : HoconFile.read(resource, name, reading.environment(), texts);
    if (tollgate == null) {
      throw noTollgate(name);
    }
    return tollgate;
  }

  /** What a resource is called in messages: a path, where it is a file. */
  static String nameOf(URL resource) {
    return isFile(resource)
        ? new File(URI.create(resource.toString())).getPath()
        : resource.toString();
  }

  /** Whether it isn't inside an archive. */
  static boolean isFile(URL resource) {
    return resource.getProtocol().equals("file");
  }

  private static void requireReadable(File file, String subject) {
    String fault = ReadablePath.fault(file);
    if (fault == null) {
      fault = RegularFiles.fault(file);
    }
    if (fault != null) {
      throw new ConfigurationException(subject + " " + fault + RIGHT);
    }
  }

  /** Whoever asked for limits here doesn't get them: worse than not to start. */
  private static ConfigurationException noTollgate(String name) {
    return new ConfigurationException(
        name + ": has no tollgate { … }; write the settings inside one");
  }

  /**
   * What a file is read with.
   *
   * @param files read the bytes
   * @param environment what substitutions find beside the file's own values
   * @param resources where the file's includes may find resources
   */
  record Reading(ConfigFiles files, Map<String, String> environment, ClassLoader resources) {}
}
