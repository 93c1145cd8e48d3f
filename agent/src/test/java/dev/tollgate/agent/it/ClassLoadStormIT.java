package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Many threads that load classes at once, the first of all woven ones among them. */
@OnEachJdk
class ClassLoadStormIT {
  private static final int CLASSES = 20;
  private static final String PROGRAM =
      """
      import dev.tollgate.limiter.RateLimiters;
      import java.io.IOException;
      import java.io.InputStream;
      import java.lang.reflect.Constructor;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.concurrent.CyclicBarrier;

      class Storm {
        /** Defines the annotated classes anew, whatever its parent has. */
        static class Own extends ClassLoader {
          static {
            registerAsParallelCapable();
          }

          Own() {
            super(Storm.class.getClassLoader());
          }

          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("Drop")) {
              return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
              Class<?> loaded = findLoadedClass(name);
              return loaded != null ? loaded : define(name);
            }
          }

          private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream stream = getResourceAsStream(name + ".class")) {
              byte[] file = stream.readAllBytes();
              return defineClass(name, file, 0, file.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(name, e);
            }
          }
        }

        static void fall(ClassLoader loader, int from, int classes) throws Exception {
          for (int i = 0; i < classes; i++) {
            Class<?> drop = Class.forName("Drop" + (from + i) % classes, true, loader);
            Constructor<?> constructor = drop.getDeclaredConstructor();
            constructor.setAccessible(true);
            ((Runnable) constructor.newInstance()).run();
          }
        }

        public static void main(String[] args) throws Exception {
          int threads = Integer.parseInt(args[0]);
          int classes = Integer.parseInt(args[1]);
          ClassLoader shared = new Own();
          CyclicBarrier together = new CyclicBarrier(threads);
          List<Thread> storm = new ArrayList<>();
          for (int t = 0; t < threads; t++) {
            int from = t % 4;
            Thread thread = new Thread(() -> {
              try {
                together.await();
                fall(shared, from, classes);
                fall(new Own(), from, classes);
              } catch (Throwable e) {
                System.out.println(e);
              }
            });
            thread.start();
            storm.add(thread);
          }
          for (Thread thread : storm) {
            thread.join();
          }
          System.out.println("charged " + RateLimiters.get("drops").stats().admittedRequests());
        }
      }
      """;

  @Parameter Jdk jdk;

  /** Each of 32 threads runs each class twice: with a loader that all share, and with its own. */
  @Test
  void of32ThreadsChargesEachCall() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.drops.permits=1000000000,limiters.drops.period=1h")
            .program(program())
            .main("Storm", "32", Integer.toString(CLASSES))
            .run()
            .ok();

    // One for the constructor and one for the method, which is its type's.
    assertThat(result.out()).as("%s", result).containsExactly("charged " + 32 * 2 * 2 * CLASSES);
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  private static Path program() {
    StringBuilder drops = new StringBuilder("import dev.tollgate.RateLimited;\n");
    for (int i = 0; i < CLASSES; i++) {
      drops.append(
          """
          @RateLimited("drops")
          class Drop%d implements Runnable {
            @RateLimited("drops")
            Drop%1$d() {}

            @Override
            public void run() {}
          }
          """
              .formatted(i));
    }
    return Programs.compile(PROGRAM, drops.toString());
  }
}
