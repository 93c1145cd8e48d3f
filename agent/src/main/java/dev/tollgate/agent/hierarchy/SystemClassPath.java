package dev.tollgate.agent.hierarchy;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands on the class path, in a fraction of the time that the system class loader takes
 * to make an URL of it and open that. Its jars stay open, as the loader's do, which have the same
 * tables of contents.
 *
 * <p>Whoever finds nothing here asks the loader. It knows two things better: jars that a manifest
 * adds, and classes that a jar has twice, for different versions of Java. These are as like as
 * twins, and one that isn't shows when it is loaded.
 */
final class SystemClassPath {
  // All: guarded by this. No code of the program runs under this lock.
  private final Deque<String> unopened = new ArrayDeque<>();
  private final List<Place> places = new ArrayList<>();

  /** Where the first class of a package was: the others mostly are there as well. */
  private final Map<String, Place> byPackage = new HashMap<>();

  SystemClassPath() {
    // A module's packages are its own, whatever the class path has: leave those to the loader.
    if (System.getProperty("jdk.module.path") != null) {
      return;
    }
    String path = System.getProperty("java.class.path", "");
    int from = 0;
    while (from <= path.length()) {
      int separator = path.indexOf(File.pathSeparatorChar, from);
      int to = separator < 0 ? path.length() : separator;
      unopened.add(path.substring(from, to));
      from = to + 1;
    }
  }

  /** Null where it isn't there. */
  synchronized byte @Nullable [] read(String name) throws IOException {
    String packageName = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    Place usual = byPackage.get(packageName);
    byte[] file = usual == null ? null : usual.read(name);
    for (int i = 0; file == null && (i < places.size() || open()); i++) {
      Place place = places.get(i);
      file = place.equals(usual) ? null : place.read(name);
      if (file != null) {
        byPackage.putIfAbsent(packageName, place);
      }
    }
    return file;
  }

  /** Opens the next place; false where there is none. */
  private boolean open() throws IOException {
    while (!unopened.isEmpty()) {
      String path = unopened.remove();
      // Nothing between two separators is the working directory.
      File file = new File(path.isEmpty() ? "." : path);
      if (file.isDirectory()) {
        places.add(new Folder(file));
        return true;
      }
      if (file.isFile()) {
        places.add(new Jar(new ZipFile(file)));
        return true;
      }
    }
    return false;
  }

  /**
   * Its kinds are no records: the first record of a JVM that is compared has its {@code equals}
   * written then, which costs the program's start milliseconds.
   */
  private interface Place {
    byte @Nullable [] read(String name) throws IOException;
  }

  private static final class Folder implements Place {
    private final File folder;

    Folder(File folder) {
      this.folder = folder;
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
      File file = new File(folder, name);
      if (!file.isFile()) {
        return null;
      }
      try (FileInputStream stream = new FileInputStream(file)) {
        return stream.readAllBytes();
      }
    }
  }

  private static final class Jar implements Place {
    private final ZipFile file;

    Jar(ZipFile file) {
      this.file = file;
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
      ZipEntry entry = file.getEntry(name);
      if (entry == null) {
        return null;
      }
      try (InputStream stream = file.getInputStream(entry)) {
        return stream.readNBytes((int) entry.getSize());
      }
    }
  }
}
