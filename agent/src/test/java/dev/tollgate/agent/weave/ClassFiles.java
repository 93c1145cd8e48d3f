package dev.tollgate.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/** Class files, and loaders of changed ones. */
final class ClassFiles {
  private ClassFiles() {}

  static byte[] of(Class<?> type) {
    return of(type.getName());
  }

  static byte[] of(String className) {
    String file = className.replace('.', '/') + ".class";
    try (InputStream stream = ClassFiles.class.getClassLoader().getResourceAsStream(file)) {
      if (stream == null) {
        throw new AssertionError("no " + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all classes in the jar that {@code type} came from. */
  static List<String> inTheJarOf(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    JarURLConnection connection =
        (JarURLConnection) type.getClassLoader().getResource(file).openConnection();
    connection.setUseCaches(false);
    List<String> names = new ArrayList<>();
    try (JarFile jar = connection.getJarFile()) {
      jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.contains("META-INF"))
          .filter(name -> !name.endsWith("-info.class"))
          .forEach(name -> names.add(name.substring(0, name.length() - 6).replace('/', '.')));
    }
    return names;
  }

  static ClassPlan plan(byte[] file) {
    return Planner.plan(DeclarationReader.read(new ClassReader(file)), Reached.NOTHING, "app");
  }

  static byte[] weave(byte[] file) {
    return ClassWeaver.weave(new ClassReader(file), plan(file), PresentSites.NONE);
  }

  /** With {@link TestDispatcher} in place of the one that only an agent installs. */
  static byte[] linkableHere(byte[] woven) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(woven)
        .accept(
            new ClassRemapper(
                writer,
                new SimpleRemapper(
                    "java/lang/TollgateDispatcher",
                    TestDispatcher.class.getName().replace('.', '/'))),
            0);
    return writer.toByteArray();
  }

  /** Defines the classes whose names begin alike itself, changed. */
  static final class ChangingLoader extends ClassLoader {
    private final String prefix;
    private final BiFunction<String, byte[], byte[]> change;

    ChangingLoader(String prefix, BiFunction<String, byte[], byte[]> change) {
      super(ClassFiles.class.getClassLoader());
      this.prefix = prefix;
      this.change = change;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith(prefix)) {
          byte[] bytes = change.apply(name, of(name));
          loaded = defineClass(name, bytes, 0, bytes.length);
        }
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
    }
  }
}
