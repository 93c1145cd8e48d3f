import com.sun.management.UnixOperatingSystemMXBean;
import dev.tollgate.RateLimited;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** A server that goes on and on: each line that it is sent is a round, after which it measures. */
class LongRun {
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(4);

  @RateLimited("fast")
  static class Type {
    public int outer(int n) {
      return inner(n);
    }

    public int inner(int n) {
      return n + 1;
    }
  }

  @RateLimited(value = "fast", timeout = "20ms")
  static void waits() {}

  @RateLimited(value = "none", timeout = "0")
  static void refused() {}

  /** Not a lambda, of which there would be a new one whenever this class is changed. */
  static class Work implements Runnable {
    @Override
    public void run() {
      Type type = new Type();
      for (int i = 0; i < 500; i++) {
        try {
          type.outer(i);
          waits();
          refused();
        } catch (RejectedExecutionException e) {
          // Many are.
        }
      }
    }
  }

  /**
   * No try-with-resources, which catches Throwable and calls a method of it: of such a class JDK 17
   * keeps as much as the constant pool takes, each time that it is changed (JDK-8308762).
   */
  private static void deploy(URL[] urls) throws Exception {
    URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    try {
      Runnable app = (Runnable) loader.loadClass("WebApp").getDeclaredConstructor().newInstance();
      WORKERS.submit(app).get();
    } catch (java.util.concurrent.ExecutionException e) {
      // Without an agent nothing is refused, which that program minds.
    } finally {
      loader.close();
    }
  }

  private static String measure() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(10);
    }
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    long files =
        system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    long metaspace = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      metaspace += pool.getName().contains("Metaspace") ? pool.getUsage().getUsed() : 0;
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    // The JDK's own threads for attach and JMX come with each look from outside.
    int threads = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      threads += thread.getName().matches("(RMI|JMX|Attach|Common-Cleaner).*") ? 0 : 1;
    }
    return heap + " " + metaspace + " " + threads + " " + files;
  }

  public static void main(String[] args) throws Exception {
    Path settings = Path.of(args[0]);
    URL[] urls = new URL[args.length - 1];
    for (int i = 1; i < args.length; i++) {
      urls[i - 1] = Path.of(args[i]).toUri().toURL();
    }
    String text = Files.readString(settings);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (int round = 0; in.readLine() != null; round++) {
      Files.writeString(settings, text.replace("4000", Integer.toString(4_000 + round % 2)));
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        workers.add(WORKERS.submit(new Work()));
      }
      for (int i = 0; i < 10; i++) {
        deploy(urls);
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      System.out.println(measure());
    }
    WORKERS.shutdown();
  }
}
