package dev.tollgate.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads regular files, also behind symbolic links, and no others: a pipe may never end or never
 * begin, and neither may a device or a file in {@code /proc}. Without java.nio.file, which would
 * cost the program's start.
 */
final class RegularFiles implements FileReading {
  @Override
  public byte @Nullable [] read(File file, int most) throws IOException {
    if (!file.exists()) {
      return null;
    }
    String fault = fault(file);
    if (fault != null) {
      throw new ConfigurationException(file.getPath() + ": " + fault);
    }
    try (FileInputStream in = new FileInputStream(file)) {
      return in.readNBytes(most);
    }
  }

  /** Why {@code file}, which exists, isn't read, after "it"; null if it may be. */
  static @Nullable String fault(File file) {
    if (file.isDirectory()) {
      return "is a directory";
    }
    if (!file.canRead()) {
      return "can't be read";
    }
    return file.isFile() && !isOfTheKernel(file) ? null : "is no regular file";
  }

  /** They look regular; reading some of them waits, as reading a pipe does. */
  private static boolean isOfTheKernel(File file) {
    try {
      return file.getCanonicalPath().startsWith("/proc/");
    } catch (IOException e) {
      return false;
    }
  }
}
