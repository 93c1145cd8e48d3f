package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * A web application that is the first to need what goes on after it is gone: the JDK's timer, and
 * the thread of the health.
 */
@OnEachJdk
class FirstToWaitIT {
  private static final String SERVER =
      """
      import java.lang.ref.WeakReference;
      import java.net.URL;
      import java.net.URLClassLoader;
      import java.nio.file.Path;
      import java.util.Objects;
      import java.util.stream.Stream;

      class Server {
        static WeakReference<ClassLoader> deploy(ThreadGroup group, String app, URL[] urls) throws Exception {
          URLClassLoader loader = new URLClassLoader(urls, Server.class.getClassLoader());
          Runnable main = (Runnable) loader.loadClass(app).getDeclaredConstructor().newInstance();
          Thread thread = new Thread(group, main, "app");
          thread.setContextClassLoader(loader);
          thread.start();
          thread.join();
          loader.close();
          return new WeakReference<>(loader);
        }

        public static void main(String[] args) throws Exception {
          URL[] urls = new URL[args.length - 1];
          for (int i = 1; i < args.length; i++) {
            urls[i - 1] = Path.of(args[i]).toUri().toURL();
          }
          ThreadGroup group = new ThreadGroup("apps");
          WeakReference<ClassLoader> loader = deploy(group, args[0], urls);
          System.out.println(Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
              .filter(name -> name.equals("tollgate-health") || name.toLowerCase().contains("delaysched"))
              .map(name -> name.equals("tollgate-health") ? "health" : "timer").sorted().toList());
          Thread[] left = new Thread[10];
          group.enumerate(left);
          // The common pool is the JDK's own business.
          System.out.println(Stream.of(left).filter(Objects::nonNull).map(Thread::getName)
              .filter(name -> !name.contains(".commonPool-worker")).toList());
          for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
          }
          System.out.println(loader.get() == null ? "gone" : "alive");
        }
      }
      """;
  private static final String APP =
      """
      import dev.tollgate.health.Health;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;
      import java.time.Duration;
      import java.util.concurrent.CompletableFuture;

      public class App implements Runnable {
        // What threads inherit from one that the application makes.
        static final InheritableThreadLocal<App> OF_THE_APP = new InheritableThreadLocal<>();

        @Override
        public void run() {
          OF_THE_APP.set(this);
          RateLimiter slow = RateLimiters.register("slow",
              RateLimitConfig.of(1, Duration.ofMillis(200)).withTimeout(Duration.ofMinutes(1)));
          CompletableFuture<Void> permit = slow.acquireAsync();
          while (permit.isDone()) {
            permit = slow.acquireAsync();
          }
          permit.join();
        }

        public static class WithHealth extends App {
          @Override
          public void run() {
            Health.isLive();
            super.run();
          }
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void underTheAgentNothingThatItStartsKeepsIt() {
    Path app = Programs.compile(APP);

    JvmResult result =
        run(server().agent(""), "App$WithHealth", app, Artifacts.ANNOTATIONS, Artifacts.RUNTIME);

    assertThat(result.out()).as("%s", result).containsExactly("[health, timer]", "[]", "gone");
  }

  @Test
  void withALibraryThatAllApplicationsShareNothingThatItStartsKeepsIt() {
    Path app = Programs.compile(APP);
    Jvm server =
        Jvm.on(jdk)
            .classPath(
                Programs.compile(List.of(), SERVER), Artifacts.ANNOTATIONS, Artifacts.RUNTIME);

    JvmResult result = run(server, "App$WithHealth", app);

    assertThat(result.out()).as("%s", result).containsExactly("[health, timer]", "[]", "gone");
  }

  /** Then the library's own classes are the application's. */
  @Test
  void withALibraryOfItsOwnTheTimerDoesNotKeepIt() {
    Path app = Programs.compile(APP);

    JvmResult result = run(server(), "App", app, Artifacts.ANNOTATIONS, Artifacts.RUNTIME);

    assertThat(result.out()).as("%s", result).containsExactly("[timer]", "[]", "gone");
  }

  private Jvm server() {
    return Jvm.on(jdk).classPath(Programs.compile(List.of(), SERVER));
  }

  private static JvmResult run(Jvm server, String app, Path... ofTheApp) {
    String[] all = new String[ofTheApp.length + 2];
    all[0] = "Server";
    all[1] = app;
    for (int i = 0; i < ofTheApp.length; i++) {
      all[i + 2] = ofTheApp[i].toString();
    }
    return server.option("-XX:SoftRefLRUPolicyMSPerMB=0").main(all).run().ok();
  }
}
