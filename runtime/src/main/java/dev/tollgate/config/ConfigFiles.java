package dev.tollgate.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one configuration: the file itself and what it includes. Each is read once, so that
 * everything that is loaded through this comes of the very bytes that {@link #areUnchanged()}
 * compares. Files that don't exist are remembered as well: one that comes is a change.
 *
 * <p>All bytes together are bounded; a file that is included twice counts twice.
 */
public final class ConfigFiles {
  /** The most that is read in all, in bytes. */
  static final int MOST_BYTES = 512 * 1024;

  private static final byte[] NONE = {};

  private final FileReading reading;
  private final Map<File, Content> contents = new LinkedHashMap<>();
  private int left = MOST_BYTES;

  /** Those of the file system. */
  public ConfigFiles() {
    this(new RegularFiles());
  }

  /** Those that {@code reading} reads. */
  public ConfigFiles(FileReading reading) {
    this.reading = reading;
  }

  /** Whether each file that was read, or didn't exist, is as it was. Reads them all again. */
  public boolean areUnchanged() {
    for (Map.Entry<File, Content> each : contents.entrySet()) {
      if (!each.getValue().isSame(now(each.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code other} has read the same bytes of the same files. */
  public boolean areTheSameAs(ConfigFiles other) {
    if (!contents.keySet().equals(other.contents.keySet())) {
      return false;
    }
    for (Map.Entry<File, Content> each : contents.entrySet()) {
      Content others = other.contents.get(each.getKey());
      if (others == null || !each.getValue().isSame(others)) {
        return false;
      }
    }
    return true;
  }

  /** What the file itself is called, in messages about all of them. */
  String name() {
    for (File file : contents.keySet()) {
      return file.getPath();
    }
    return "configuration";
  }

  /**
   * What {@code file} holds; null if it doesn't exist.
   *
   * @throws ConfigurationException if it isn't a regular file, can't be read or is too large
   */
  byte @Nullable [] read(File file) {
    Content content = contents.get(file);
    if (content == null) {
      content = now(file);
      contents.put(file, content);
    }
    if (content.fault != null) {
      throw content.fault;
    }
    if (!content.exists) {
      return null;
    }
    count(content.bytes, file.getPath());
    return content.bytes;
  }

  /**
   * What {@code resource} holds, which isn't a file of the file system.
   *
   * @throws ConfigurationException as above
   */
  byte[] read(URL resource, String name) {
    byte[] content;
    try (InputStream in = resource.openStream()) {
      content = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new ConfigurationException(name + ": can't be read", e);
    }
    count(content, name);
    return content;
  }

  private void count(byte[] content, String name) {
    left -= content.length;
    if (left < 0) {
      throw new ConfigurationException(
          name
              + ": is too large; the file and all that it includes may have "
              + MOST_BYTES / 1024
              + " KiB");
    }
  }

  private Content now(File file) {
    try {
      byte[] bytes = reading.read(file, MOST_BYTES + 1);
      return bytes == null ? new Content(false, NONE, null) : new Content(true, bytes, null);
    } catch (IOException e) {
      return new Content(
          true, NONE, new ConfigurationException(file.getPath() + ": can't be read", e));
    } catch (ConfigurationException e) {
      return new Content(true, NONE, e);
    }
  }

  /** What a file held when it was read. */
  private static final class Content {
    final boolean exists;
    final byte[] bytes;
    final @Nullable ConfigurationException fault;

    Content(boolean exists, byte[] bytes, @Nullable ConfigurationException fault) {
      this.exists = exists;
      this.bytes = bytes;
      this.fault = fault;
    }

    boolean isSame(Content other) {
      return exists == other.exists
          && (fault == null) == (other.fault == null)
          && Arrays.equals(bytes, other.bytes);
    }
  }
}
