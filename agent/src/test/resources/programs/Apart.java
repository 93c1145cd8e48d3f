import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Loads an annotated interface and what implements it in different ways. */
public class Apart {
  public static void main(String[] args) throws Throwable {
    URL api = Path.of(args[0]).toUri().toURL();
    URL code = Path.of(args[1]).toUri().toURL();

    ClassLoader both = new URLClassLoader(new URL[] {api, code});
    Tally.charges(1, "one loader", () -> call(both));

    ClassLoader above = new URLClassLoader(new URL[] {api});
    Tally.charges(1, "two loaders", () -> call(new URLClassLoader(new URL[] {code}, above)));
    Tally.charges(1, "and once more", () -> call(new URLClassLoader(new URL[] {code}, above)));

    ClassLoader childFirst = new Defining(new URL[] {api, code}, true);
    Tally.charges(1, "a loader that asks its parent last", () -> call(childFirst));

    ClassLoader silent = new Defining(new URL[] {api, code}, false);
    call(silent);
    long end = System.nanoTime() + 20_000_000_000L;
    long before = Tally.COUNT.stats().admittedRequests();
    while (Tally.COUNT.stats().admittedRequests() == before && System.nanoTime() < end) {
      Thread.sleep(20);
      call(silent);
    }
    Tally.charges(1, "a loader that gives no resources, a moment later", () -> call(silent));
    System.out.println("ready");
    System.in.read();
  }

  static void call(ClassLoader loader) throws Throwable {
    Object code = loader.loadClass("code.Code").getDeclaredConstructor().newInstance();
    Tally.same("called", ((Callable<?>) code).call());
  }

  /** Defines classes itself, as application servers do. */
  static final class Defining extends URLClassLoader {
    private final boolean givesResources;

    Defining(URL[] urls, boolean givesResources) {
      super(urls);
      this.givesResources = givesResources;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        for (URL url : getURLs()) {
          try {
            Path file = Path.of(url.toURI()).resolve(name.replace('.', '/') + ".class");
            if (Files.exists(file)) {
              byte[] bytes = Files.readAllBytes(file);
              return defineClass(name, bytes, 0, bytes.length);
            }
          } catch (IOException | java.net.URISyntaxException e) {
            throw new ClassNotFoundException(name, e);
          }
        }
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return givesResources ? super.getResourceAsStream(name) : null;
    }
  }
}
