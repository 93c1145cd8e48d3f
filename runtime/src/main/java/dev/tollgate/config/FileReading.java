package dev.tollgate.config;

import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one file as a whole. A test puts another one in the place of the file system's. */
@FunctionalInterface
public interface FileReading {
  /**
   * The first bytes of {@code file}, at most {@code most} of them; null if it doesn't exist.
   *
   * @throws IOException if it can't be read
   * @throws ConfigurationException if it isn't a file that may be read
   */
  byte @Nullable [] read(File file, int most) throws IOException;

  /** That of the file system, which reads regular files only. */
  static FileReading ofFiles() {
    return new RegularFiles();
  }
}
