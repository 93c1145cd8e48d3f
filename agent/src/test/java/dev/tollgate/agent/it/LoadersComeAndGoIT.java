package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * A web application that is deployed again and again: each time its own loader with its own copy of
 * the annotations and of the library, run on threads that live on.
 */
@OnEachJdk
class LoadersComeAndGoIT {
  private static final String SERVER =
      """
      import java.lang.management.ManagementFactory;
      import java.lang.management.MemoryPoolMXBean;
      import java.lang.ref.WeakReference;
      import java.net.URL;
      import java.net.URLClassLoader;
      import java.nio.file.Path;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.concurrent.ExecutorService;
      import java.util.concurrent.Executors;

      class Server {
        static final ExecutorService WORKERS = Executors.newFixedThreadPool(4);

        static WeakReference<ClassLoader> deploy(URL[] urls) throws Exception {
          URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
          Runnable app = (Runnable) loader.loadClass("WebApp").getDeclaredConstructor().newInstance();
          List<java.util.concurrent.Future<?>> runs = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            runs.add(WORKERS.submit(app));
          }
          for (var run : runs) {
            run.get();
          }
          loader.close();
          return new WeakReference<>(loader);
        }

        static long alive(List<WeakReference<ClassLoader>> loaders) {
          return loaders.stream().filter(loader -> loader.get() != null).count();
        }

        static long used(String name) {
          long used = 0;
          for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            used += pool.getName().contains(name) ? pool.getUsage().getUsed() : 0;
          }
          return used;
        }

        static long heap() {
          return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        // Soft references go only when memory is short; the workers' last task has just ended.
        static void settle(List<WeakReference<ClassLoader>> loaders) throws Exception {
          System.gc();
          for (int i = 0; i < 50 && alive(loaders) > 0; i++) {
            System.gc();
            Thread.sleep(20);
          }
          System.gc();
        }

        public static void main(String[] args) throws Exception {
          URL[] urls = new URL[args.length - 1];
          for (int i = 1; i < args.length; i++) {
            urls[i - 1] = Path.of(args[i]).toUri().toURL();
          }
          List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            loaders.add(deploy(urls));
          }
          settle(loaders);
          deploy(urls);
          settle(loaders);
          long heap = heap();
          long metaspace = used("Metaspace");
          for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            loaders.add(deploy(urls));
          }
          settle(loaders);
          // What is kept of a loader that is gone goes when the next class is loaded.
          deploy(urls);
          settle(loaders);
          System.out.println(loaders.size() + " deployed, " + alive(loaders) + " alive");
          System.out.println("heap " + (heap() - heap) / 1_000 + " KB");
          System.out.println("metaspace " + (used("Metaspace") - metaspace) / 1_000 + " KB");
          WORKERS.shutdown();
        }
      }
      """;
  @Parameter Jdk jdk;

  @Test
  void andNothingOfOursKeepsOneAlive() {
    Path app = Programs.compile(Programs.source("WebApp.java"));
    JvmResult result =
        Jvm.on(jdk)
            .agent(
                "limiters.many.permits=1000000,limiters.many.period=1h,"
                    + "limiters.none.permits=1,limiters.none.period=366d")
            .classPath(Programs.compile(List.of(), SERVER))
            .option("-XX:SoftRefLRUPolicyMSPerMB=0")
            .main("Server", "200", app + "/", jar(Artifacts.ANNOTATIONS), jar(Artifacts.RUNTIME))
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).first().isEqualTo("220 deployed, 0 alive");
    assertThat(kilobytes(result, "heap")).as("%s", result).isLessThan(2_000);
    assertThat(kilobytes(result, "metaspace")).as("%s", result).isLessThan(5_000);
    assertThat(result.err().stream().filter(line -> line.contains("missed")))
        .as("%s", result)
        .hasSize(1);
  }

  private static long kilobytes(JvmResult result, String what) {
    return result.out().stream()
        .filter(line -> line.startsWith(what))
        .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
        .sum();
  }

  private static String jar(Path path) {
    return path.toString();
  }
}
