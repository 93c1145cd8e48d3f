package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.management.MBeanException;
import javax.management.ObjectName;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** {@code detach PID}: afterwards the program is as it was. */
@OnEachJdk
class DetachIT {
  /** An agent too: attached last, it sees its own classes as all others have left them. */
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;
      import java.lang.instrument.ClassFileTransformer;
      import java.lang.instrument.Instrumentation;
      import java.security.ProtectionDomain;
      import java.time.Duration;
      import java.util.Base64;
      import java.util.concurrent.CountDownLatch;

      public class Guest {
        private static Instrumentation instrumentation;
        private static RateLimiter held;
        private static volatile Thread waiting;
        private static final CountDownLatch inside = new CountDownLatch(1);
        private static final CountDownLatch leave = new CountDownLatch(1);

        public static void agentmain(String arguments, Instrumentation given) {
          instrumentation = given;
        }

        @RateLimited("one")
        static String call() {
          return "passed";
        }

        @RateLimited("one")
        public static class Type {
          public String outer() {
            return inner();
          }

          public String inner() {
            return "passed";
          }

          public String stay() throws InterruptedException {
            inside.countDown();
            leave.await();
            return "passed";
          }
        }

        @RateLimited("slow")
        static void slow() {}

        public static void main(String[] args) throws Exception {
          System.out.println("started");
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line));
          }
        }

        private static String answer(String line) throws Exception {
          try {
            switch (line) {
              case "call": return call();
              case "type": return new Type().outer();
              case "bytes": return bytes(Guest.class) + " " + bytes(Type.class);
              case "threads": return Thread.getAllStackTraces().keySet().stream()
                  .map(Thread::getName).filter(name -> name.startsWith("tollgate")).sorted()
                  .toList().toString();
              case "hold":
                held = RateLimiters.get("one");
                return "held";
              case "held": return Boolean.toString(held.tryAcquire());
              case "same": return Boolean.toString(held == RateLimiters.get("one"));
              case "define": return Boolean.toString(
                  RateLimiters.register("later", RateLimitConfig.of(1, Duration.ofHours(1))).tryAcquire());
              case "stay":
                new Thread(() -> {
                  try {
                    String said = new Type().stay();
                    System.out.println("stayed: " + said);
                  } catch (Throwable e) {
                    System.out.println("stayed: " + e);
                  }
                }).start();
                inside.await();
                return "inside";
              case "leave":
                leave.countDown();
                return "let go";
              case "wait":
                waiting = new Thread(() -> {
                  long begin = System.nanoTime();
                  slow();
                  slow();
                  long waited = System.nanoTime() - begin;
                  System.out.println("waited " + (waited >= 4_000_000_000L));
                });
                waiting.start();
                while (waiting.getState() != Thread.State.TIMED_WAITING) {
                  Thread.onSpinWait();
                }
                return "waiting";
              default: return "what?";
            }
          } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
          }
        }

        private static String bytes(Class<?> type) throws Exception {
          String[] bytes = new String[1];
          ClassFileTransformer reader = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> redefined,
                ProtectionDomain domain, byte[] file) {
              if (redefined == type) {
                bytes[0] = Base64.getEncoder().encodeToString(file);
              }
              return null;
            }
          };
          instrumentation.addTransformer(reader, true);
          instrumentation.retransformClasses(type);
          instrumentation.removeTransformer(reader);
          return bytes[0];
        }
      }
      """;

  private static final Path CLASSES = Programs.compile(PROGRAM);
  private static final Path JAR = agentJar();
  private static final String ONE_OF_TWO =
      "limiters.one.permits=2,limiters.one.period=1h,limiters.one.timeout=0";

  @Parameter Jdk jdk;

  @Test
  void nothingIsLimitedAndTheClassesAreAsTheyWere() throws Exception {
    try (RunningJvm jvm = start(plain())) {
      List<String> before = classes(jvm);
      attach(jvm, ONE_OF_TWO);
      assertThat(classes(jvm)).isNotEqualTo(before);
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThat(jvm.ask("type")).isEqualTo("passed");
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");

      JvmResult detached = detach(jvm);

      assertThat(detached.exit()).as("%s", detached).isZero();
      assertThat(detached.err()).isEmpty();
      assertThat(detached.out())
          .singleElement()
          .asString()
          .matches("Tollgate [0-9].* has left process " + jvm.pid());
      assertThat(classes(jvm)).isEqualTo(before);
      for (int i = 0; i < 3; i++) {
        assertThat(jvm.ask("call")).isEqualTo("passed");
        assertThat(jvm.ask("type")).isEqualTo("passed");
      }
      jvm.end().ok();
    }
  }

  @Test
  void noThreadNoBeanAndNoKeyIsLeft() throws Exception {
    try (RunningJvm jvm = start(plain())) {
      attach(jvm, ONE_OF_TWO);
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.limiter("one"), Duration.ofSeconds(10));
        assertThat(jvm.ask("threads")).contains("tollgate-beans", "tollgate-health");
        assertThat(detach(jvm).exit()).isZero();
        assertThat(jmx.connection().queryNames(new ObjectName("dev.tollgate:*"), null)).isEmpty();
      }
      // A check that was running just then may take a moment.
      assertThat(Deadline.in(Duration.ofSeconds(20)).poll(() -> jvm.ask("threads"), "[]"::equals))
          .isEqualTo("[]");
      VirtualMachine machine = VirtualMachine.attach(jvm.pid());
      assertThat(machine.getAgentProperties().stringPropertyNames())
          .doesNotContain("dev.tollgate.detach.key");
      machine.detach();
      jvm.end().ok();
    }
  }

  @Test
  void itComesAgainSeveralTimesWithWhateverConfigurationAndTheSameTokens() throws Exception {
    try (RunningJvm jvm = start(plain())) {
      List<String> before = classes(jvm);
      attach(jvm, ONE_OF_TWO);
      assertThat(jvm.ask("call")).isEqualTo("passed");
      for (int round = 0; round < 2; round++) {
        assertThat(detach(jvm).exit()).isZero();
        assertThat(classes(jvm)).isEqualTo(before);
        attach(jvm, ONE_OF_TWO);
      }
      assertThat(jvm.ask("type")).isEqualTo("passed");
      assertThat(jvm.ask("type")).isEqualTo("RateLimitExceededException");
      assertThat(detach(jvm).exit()).isZero();
      assertThat(jvm.ask("call")).isEqualTo("passed");

      attach(jvm, "limiters.one.mode=observe," + ONE_OF_TWO);
      assertThat(jvm.ask("call")).isEqualTo("passed");
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.limiter("one"), Duration.ofSeconds(10));
        assertThat(jmx.connection().getAttribute(Jmx.limiter("one"), "Mode")).isEqualTo("observe");
        assertThat(jmx.connection().getAttribute(Jmx.limiter("one"), "RejectedRequests"))
            .isEqualTo(2L);
      }
      jvm.end().ok();
    }
  }

  @Test
  void theProgramGoesOnWithTheSameLimiters() throws Exception {
    try (RunningJvm jvm = start(plain())) {
      attach(jvm, ONE_OF_TWO);
      assertThat(jvm.ask("hold")).isEqualTo("held");
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThat(detach(jvm).exit()).isZero();

      assertThat(jvm.ask("held")).isEqualTo("true");
      assertThat(jvm.ask("held")).isEqualTo("false");
      assertThat(jvm.ask("same")).isEqualTo("true");
      assertThat(jvm.ask("define")).isEqualTo("true");
      assertThat(jvm.ask("call")).isEqualTo("passed");

      attach(jvm, ONE_OF_TWO);
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");
      assertThat(jvm.ask("define")).isEqualTo("false");
      jvm.end().ok();
    }
  }

  @Test
  void callsThatWaitAndThreadsInsideMethodsGoOn() throws Exception {
    try (RunningJvm jvm = start(plain())) {
      attach(
          jvm,
          "limiters.slow.permits=1,limiters.slow.period=4s,limiters.one.permits=9,limiters.one.period=1h");
      assertThat(jvm.ask("stay")).isEqualTo("inside");
      assertThat(jvm.ask("wait")).isEqualTo("waiting");
      assertThat(detach(jvm).exit()).isZero();
      assertThat(jvm.nextLine()).isEqualTo("waited true");

      attach(jvm, "limiters.one.permits=9,limiters.one.period=1h");
      assertThat(jvm.ask("leave")).isIn("let go", "stayed: passed");
      assertThat(jvm.nextLine()).isIn("let go", "stayed: passed");
      jvm.end().ok();
    }
  }

  @Test
  void anAgentOfTheLaunchLeavesAsWellWhereBeansMayChangeNothing() throws Exception {
    try (RunningJvm jvm = start(plain().agent(ONE_OF_TWO))) {
      assertThat(jvm.ask("call")).isEqualTo("passed");
      // At once: the command waits for the bean.
      assertThat(detach(jvm).exit()).isZero();
      for (int i = 0; i < 3; i++) {
        assertThat(jvm.ask("call")).isEqualTo("passed");
      }
      attach(jvm, ONE_OF_TWO);
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");
      jvm.end().ok();
    }
  }

  @Test
  void nobodyDetachesWithoutTheKeyWhateverBeansMayChange() throws Exception {
    try (RunningJvm jvm = start(plain().agent(ONE_OF_TWO + ",jmx.operations=true"))) {
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.agent(), Duration.ofSeconds(10));
        for (String key : new String[] {"", "0".repeat(32)}) {
          assertThatThrownBy(
                  () ->
                      jmx.connection()
                          .invoke(
                              Jmx.agent(),
                              "detach",
                              new Object[] {key},
                              new String[] {String.class.getName()}))
              .isInstanceOf(MBeanException.class)
              .hasMessageContaining("this isn't the key");
        }
      }
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");
      jvm.end().ok();
    }
  }

  @Test
  void whereThereIsNoneThatIsNoAnswer() throws Exception {
    try (RunningJvm jvm = start(plain())) {
      nothingThere(jvm);
      attach(jvm, "jmx.enabled=false");
      nothingThere(jvm);
      jvm.end().ok();
    }
  }

  private void nothingThere(RunningJvm jvm) {
    JvmResult result = detach(jvm);
    assertThat(result.exit()).as("%s", result).isEqualTo(3);
    assertThat(result.err())
        .containsExactly(
            "no Tollgate in process " + jvm.pid() + ", or one that has jmx.enabled off");
  }

  private Jvm plain() {
    Jvm jvm = Jvm.on(jdk).program(CLASSES).main("Guest");
    return jdk.feature() >= 21 ? jvm.option("-XX:+EnableDynamicAgentLoading") : jvm;
  }

  private static RunningJvm start(Jvm jvm) {
    RunningJvm running = jvm.start();
    assertThat(running.nextLine()).isEqualTo("started");
    return running;
  }

  private JvmResult detach(RunningJvm jvm) {
    return CommandLine.on(jdk, "detach", jvm).run();
  }

  private static void attach(RunningJvm jvm, String arguments) throws Exception {
    attach(jvm, Artifacts.AGENT, arguments);
  }

  private static void attach(RunningJvm jvm, Path agent, String arguments) throws Exception {
    VirtualMachine attached = VirtualMachine.attach(jvm.pid());
    try {
      attached.loadAgent(agent.toString(), arguments);
    } finally {
      attached.detach();
    }
  }

  /** The program's classes as they are now. */
  private static List<String> classes(RunningJvm jvm) throws Exception {
    attach(jvm, JAR, "");
    return Stream.of(jvm.ask("bytes").split(" ")).map(DetachIT::canonical).toList();
  }

  /** Without the order of constants, which the JVM changes. */
  private static String canonical(String bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(Base64.getDecoder().decode(bytes)).accept(writer, 0);
    return Base64.getEncoder().encodeToString(writer.toByteArray());
  }

  /** Names the program's class, which is on the class path. */
  private static Path agentJar() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", "Guest");
    attributes.putValue("Can-Retransform-Classes", "true");
    try {
      Path jar = Files.createTempFile(CLASSES.getParent(), "guest", ".jar");
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out, manifest)) {
        entries.putNextEntry(new JarEntry("empty"));
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
