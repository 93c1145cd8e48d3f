package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** The agent attached to a program that runs already. */
@OnEachJdk
class AttachIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;

      class Running {
        @RateLimited("one")
        private static String method() {
          return "passed";
        }

        @RateLimited("one")
        static class Type {
          public String outer() {
            return inner();
          }

          public String inner() {
            return "passed";
          }
        }

        static class LoadedLater {
          @RateLimited("one")
          LoadedLater() {}
        }

        static class Unusable {
          static final int NONE = Integer.parseInt("none");

          @RateLimited("one")
          static void never() {}
        }

        public static void main(String[] args) throws Exception {
          try {
            Unusable.never();
          } catch (ExceptionInInitializerError e) {
            // It is loaded from now on, and the JVM lets nobody change it.
          }
          System.out.println(method() + new Type().outer());
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
              System.out.println(switch (line) {
                case "method" -> method();
                case "type" -> new Type().outer();
                default -> new LoadedLater() == null ? "" : "passed";
              });
            } catch (RuntimeException e) {
              System.out.println(e.getClass().getSimpleName() + " at "
                  + e.getStackTrace()[0].getMethodName());
            }
          }
        }
      }
      """;
  private static final String NATIVE =
      """
      import dev.tollgate.RateLimited;

      class RunningNative {
        @RateLimited("github_api")
        static native void method();

        static class More {
          @RateLimited("github_api")
          static native void method();
        }

        public static void main(String[] args) throws Exception {
          System.out.println("ready");
          System.in.read();
          new More();
          System.out.println("runs on");
        }
      }
      """;
  private static final String HALF_LOADED =
      """
      import dev.tollgate.RateLimited;
      import java.io.IOException;
      import java.io.InputStream;
      import java.util.concurrent.CountDownLatch;

      class HalfLoaded {
        static final CountDownLatch GO_ON = new CountDownLatch(1);

        public static class Above {}

        public static class Type extends Above {
          @RateLimited("one")
          public static void method() {}
        }

        /** Takes its time for a superclass. */
        static class Slow extends ClassLoader {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals("HalfLoaded$Type")) {
              if (name.equals("HalfLoaded$Above")) {
                System.out.println("half loaded");
                try {
                  GO_ON.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream("HalfLoaded$Type.class")) {
              byte[] file = in.readAllBytes();
              return defineClass(name, file, 0, file.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(name, e);
            }
          }
        }

        static Class<?> type;

        public static void main(String[] args) throws Exception {
          Thread loading =
              new Thread(
                  () -> {
                    try {
                      type = Class.forName("HalfLoaded$Type", true, new Slow());
                    } catch (ClassNotFoundException e) {
                      e.printStackTrace();
                    }
                  });
          loading.start();
          System.in.read();
          GO_ON.countDown();
          loading.join();
          java.lang.reflect.Method method = type.getMethod("method");
          method.setAccessible(true);
          long end = System.nanoTime() + 30_000_000_000L;
          try {
            while (System.nanoTime() - end < 0) {
              method.invoke(null);
              Thread.sleep(10);
            }
            System.out.println("unlimited");
          } catch (java.lang.reflect.InvocationTargetException e) {
            System.out.println(e.getCause().getClass().getSimpleName());
          }
        }
      }
      """;
  private static final String ONE =
      "limiters.one.permits=3,limiters.one.period=1h,limiters.one.timeout=0";

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void limitsWhatIsLoadedAlreadyAndWhatComes() throws Exception {
    try (RunningJvm jvm = start()) {
      assertThat(jvm.ask("method")).isEqualTo("passed");
      attach(jvm, ONE);
      assertThat(jvm.ask("method")).isEqualTo("passed");
      assertThat(jvm.ask("type")).isEqualTo("passed");
      assertThat(jvm.ask("later")).isEqualTo("passed");
      assertThat(jvm.ask("method")).isEqualTo("RateLimitExceededException at method");
      assertThat(jvm.ask("type")).isEqualTo("RateLimitExceededException at outer");
      assertThat(jvm.ask("later")).isEqualTo("RateLimitExceededException at <init>");
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.limiter("one"), Duration.ofSeconds(10));
        assertThat(jmx.table("Woven"))
            .extracting(row -> row.get("class"))
            .contains("Running", "Running$Type", "Running$LoadedLater");
        assertThat(jmx.table("Missed")).isEmpty();
      }
      jvm.end().ok();
    }
  }

  @Test
  void limitsWhatIsBeingLoaded() throws Exception {
    try (RunningJvm jvm =
        Jvm.on(jdk).program(Programs.compile(HALF_LOADED)).main("HalfLoaded").start()) {
      assertThat(jvm.nextLine()).isEqualTo("half loaded");
      attach(jvm, ONE);
      assertThat(jvm.ask("go on")).isEqualTo("RateLimitExceededException");
      jvm.end().ok();
    }
  }

  @Test
  void aBadConfigurationLeavesTheJvmAsItWas() throws Exception {
    try (RunningJvm jvm = start()) {
      attach(jvm, "limiters.one.permits=-1");
      attach(jvm, "config=" + folder.resolve("absent.conf"));
      attach(jvm, "config=/dev/zero");
      for (int i = 0; i < 4; i++) {
        assertThat(jvm.ask("method")).isEqualTo("passed");
        assertThat(jvm.ask("type")).isEqualTo("passed");
      }
      attach(jvm, ONE);
      jvm.ask("method");
      jvm.ask("method");
      jvm.ask("method");
      assertThat(jvm.ask("method")).startsWith("RateLimitExceededException");
      assertThat(jvm.end().ok().err())
          .filteredOn(line -> line.startsWith("tollgate:"))
          .satisfiesExactly(
              line -> assertThat(line).contains("limiters.one.permits"),
              line -> assertThat(line).contains("absent.conf"),
              line -> assertThat(line).contains("/dev/zero"),
              line -> assertThat(line).contains("limiters, configuration: "));
    }
  }

  @Test
  void onMissedFailDoesNotEndARunningProgram() throws Exception {
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .option(dynamicLoading())
            .program(Programs.compile(NATIVE))
            .main("RunningNative")
            .start()) {
      assertThat(jvm.nextLine()).isEqualTo("ready");
      attach(jvm, "on-missed=fail");
      assertThat(jvm.ask("more")).isEqualTo("runs on");
      jvm.end().ok();
    }
  }

  @Test
  void attachedTwiceTheSecondSaysSo() throws Exception {
    try (RunningJvm jvm = start()) {
      attach(jvm, ONE);
      attach(jvm, "limiters.one.permits=100,quiet=true");
      assertThat(jvm.ask("method")).isEqualTo("passed");
      assertThat(jvm.ask("method")).isEqualTo("passed");
      assertThat(jvm.ask("method")).isEqualTo("passed");
      assertThat(jvm.ask("method")).startsWith("RateLimitExceededException");
      assertThat(jvm.end().ok().err())
          .filteredOn(line -> line.startsWith("tollgate:"))
          .hasSize(2)
          .last()
          .asString()
          .contains("already");
    }
  }

  private RunningJvm start() {
    RunningJvm jvm =
        Jvm.on(jdk)
            .option(dynamicLoading())
            .program(Programs.compile(PROGRAM))
            .main("Running")
            .start();
    assertThat(jvm.nextLine()).isEqualTo("passedpassed");
    return jvm;
  }

  /** From 21 on the JVM warns of agents that come later, unless it is told of them. */
  private String[] dynamicLoading() {
    return jdk.feature() >= 21 ? new String[] {"-XX:+EnableDynamicAgentLoading"} : new String[0];
  }

  private static void attach(RunningJvm jvm, String arguments) throws Exception {
    VirtualMachine attached = VirtualMachine.attach(jvm.pid());
    try {
      attached.loadAgent(Artifacts.AGENT.toString(), arguments);
    } catch (AgentInitializationException e) {
      // One way to be refused.
    } finally {
      attached.detach();
    }
  }
}
