package dev.tollgate.benchmarks.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes the jars of programs, as a build would. */
final class Jars {
  private Jars() {}

  /**
   * @param premain the agent's class; empty for a jar without one
   * @param classes class files by the names of their classes
   */
  static Path write(Path jar, String premain, Map<String, byte[]> classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!premain.isEmpty()) {
      manifest.getMainAttributes().putValue("Premain-Class", premain);
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file, manifest)) {
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        entries.putNextEntry(new JarEntry(type.getKey().replace('.', '/') + ".class"));
        entries.write(type.getValue());
        entries.closeEntry();
      }
    }
    return jar;
  }

  /** The bytes of a class that this benchmark was built with. */
  static byte[] classFile(String name) throws IOException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream stream = Jars.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IOException("no class " + name);
      }
      return stream.readAllBytes();
    }
  }
}
