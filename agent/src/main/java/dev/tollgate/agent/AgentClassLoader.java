package dev.tollgate.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads what stands in the agent's jar below {@code inst/}: resources as entries of it, classes
 * from its {@link ClassArchive}. (In the jar that the build makes that one from, each class is an
 * entry.) The program's class path holds the jar too, but doesn't find these classes there, so
 * versions of libraries never clash.
 */
final class AgentClassLoader extends ClassLoader {
  private static final String FOLDER = "inst/";
  private static final String SUFFIX = ".class";

  static {
    registerAsParallelCapable();
  }

  private final File file;
  private final ZipFile jar;
  private final @Nullable ClassArchive archive;

  private AgentClassLoader(File file, ClassLoader parent) throws IOException {
    super("tollgate", parent);
    this.file = file;
    this.jar = new ZipFile(file);
    this.archive = ClassArchive.of(jar);
  }

  /**
   * @throws IOException if the jar can't be read
   * @throws URISyntaxException if this class didn't come from a jar file
   */
  static AgentClassLoader open(ClassLoader parent) throws IOException, URISyntaxException {
    URI location =
        AgentClassLoader.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return new AgentClassLoader(new File(location), parent);
  }

  /**
   * Ours first. The platform loader, asked for a package of a named module, asks the program's
   * loader in turn: a program on the module path with our runtime would give us its copy of it.
   */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = classFile(name);
      return bytes == null
          ? super.loadClass(name, resolve)
          : defineClass(name, bytes, 0, bytes.length);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = resource(name);
      return bytes != null ? new ByteArrayInputStream(bytes) : super.getResourceAsStream(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (jar.getEntry(FOLDER.concat(name)) == null) {
      return null;
    }
    // The first !/ ends the jar's own name.
    String jarUri = file.toURI().toString().replace("!", "%21");
    try {
      return new URL("jar:".concat(jarUri).concat("!/").concat(FOLDER).concat(name));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL resource = findResource(name);
    return resource == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(resource));
  }

  private byte @Nullable [] classFile(String name) throws ClassNotFoundException {
    try {
      return archive != null ? archive.read(name) : read(name.replace('.', '/').concat(SUFFIX));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte @Nullable [] resource(String name) throws IOException {
    if (archive != null && name.endsWith(SUFFIX)) {
      int end = name.length() - SUFFIX.length();
      return archive.read(name.substring(0, end).replace('/', '.'));
    }
    return read(name);
  }

  private byte @Nullable [] read(String name) throws IOException {
    ZipEntry entry = jar.getEntry(FOLDER.concat(name));
    if (entry == null) {
      return null;
    }
    try (InputStream stream = jar.getInputStream(entry)) {
      return stream.readAllBytes();
    }
  }
}
