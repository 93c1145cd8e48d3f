package dev.tollgate.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** What stands beside the jar that this runs from. */
final class ClassPath {
  private ClassPath() {}

  /** The jars' names, separated by spaces; empty where this doesn't run from a jar. */
  static String ofManifest() {
    String path = ClassPath.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!path.endsWith(".jar")) {
      return "";
    }
    try (JarFile jar = new JarFile(path)) {
      String names = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return names == null ? "" : names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
