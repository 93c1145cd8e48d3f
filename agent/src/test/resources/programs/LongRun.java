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

  private static Void work() {
    Type type = new Type();
    for (int i = 0; i < 2_000; i++) {
      try {
        type.outer(i);
        waits();
        refused();
      } catch (RejectedExecutionException e) {
        // Many are.
      }
    }
    return null;
  }

  private static void deploy(URL[] urls) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Runnable app = (Runnable) loader.loadClass("WebApp").getDeclaredConstructor().newInstance();
      WORKERS.submit(app).get();
    } catch (java.util.concurrent.ExecutionException e) {
      // Without an agent nothing is refused, which that program minds.
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
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().matches("(RMI|JMX|Attach|Common-Cleaner).*"))
            .count();
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
      Files.writeString(settings, text.replace("50000", Integer.toString(50_000 + round % 2)));
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        workers.add(WORKERS.submit(LongRun::work));
      }
      for (int i = 0; i < 10; i++) {
        deploy(urls);
      }
      for (Future<Void> worker : workers) {
        worker.get();
      }
      System.out.println(measure());
    }
    WORKERS.shutdown();
  }
}
