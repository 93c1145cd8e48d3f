package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Classes whose woven bytes come back as if a compiler had written them. */
@OnEachJdk
class WovenAgainIT {
  /** An agent too, which redefines classes with the bytes that it has seen. */
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;
      import java.lang.instrument.ClassDefinition;
      import java.lang.instrument.ClassFileTransformer;
      import java.lang.instrument.Instrumentation;
      import java.security.ProtectionDomain;
      import jdk.jfr.Event;
      import jdk.jfr.Recording;

      public class Again {
        private static Instrumentation instrumentation;
        private static Recording recording;
        private static byte[] seen;

        public static class Noted extends Event {
          int count;

          @RateLimited("count")
          public void send() {
            count++;
            begin();
            commit();
          }
        }

        @RateLimited("count")
        public static class NotedType extends Event {
          public int send() {
            commit();
            return twice();
          }

          public int twice() {
            return 2;
          }
        }

        public static class Plain {
          public void send() {}
        }

        public static class Own {
          @RateLimited("count")
          public int send(int n) {
            if (n == 0) {
              return 0;
            }
            return 1;
          }
        }

        public static void agentmain(String arguments, Instrumentation given) {
          instrumentation = given;
        }

        public static void main(String[] args) throws Exception {
          System.out.println("started");
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line));
          }
        }

        private static String answer(String line) throws Exception {
          switch (line) {
            case "record":
              recording = new Recording();
              recording.enable(Noted.class);
              recording.enable(NotedType.class);
              recording.start();
              return "recording";
            case "stop":
              recording.close();
              return "stopped";
            case "redefine":
              redefine(Own.class);
              redefine(Plain.class);
              return "redefined";
            case "events":
              return charges(() -> new Noted().send()) + " " + charges(() -> new NotedType().send());
            default:
              return charges(() -> new Own().send(1)) + " " + charges(() -> new Plain().send());
          }
        }

        private static long charges(Runnable body) {
          long before = count();
          body.run();
          return count() - before;
        }

        private static long count() {
          return RateLimiters.get("count").stats().admittedRequests();
        }

        private static void redefine(Class<?> type) throws Exception {
          ClassFileTransformer last = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> redefined,
                ProtectionDomain domain, byte[] file) {
              if (redefined == type) {
                seen = file.clone();
              }
              return null;
            }
          };
          instrumentation.addTransformer(last, true);
          instrumentation.retransformClasses(type);
          instrumentation.removeTransformer(last);
          instrumentation.redefineClasses(new ClassDefinition(type, seen));
        }
      }
      """;

  private static final String LIMITER =
      "limiters.count.permits=1000000,limiters.count.period=1h,limiters.other.permits=1000000,"
          + "limiters.other.period=1h";

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void flightRecordersEventsTakeOnePermitBeforeAndAfterARecordingStarts() throws Exception {
    try (RunningJvm jvm = program().agent(LIMITER).start()) {
      assertThat(jvm.nextLine()).isEqualTo("started");
      assertThat(jvm.ask("events")).isEqualTo("1 1");
      assertThat(jvm.ask("record")).isEqualTo("recording");
      assertThat(jvm.ask("events")).isEqualTo("1 1");
      assertThat(jvm.ask("stop")).isEqualTo("stopped");
      assertThat(jvm.ask("events")).isEqualTo("1 1");
      jvm.end().ok();
    }
  }

  @Test
  void flightRecordersEventsAreFreeAfterADetachAndTakeOnePermitAfterTheNextAttach()
      throws Exception {
    try (RunningJvm jvm = program().agent(LIMITER).start()) {
      assertThat(jvm.nextLine()).isEqualTo("started");
      assertThat(jvm.ask("record")).isEqualTo("recording");
      assertThat(jvm.ask("events")).isEqualTo("1 1");

      CommandLine.on(jdk, "detach", jvm).run().ok();
      assertThat(jvm.ask("events")).isEqualTo("0 0");

      attach(jvm, Artifacts.AGENT, LIMITER);
      assertThat(jvm.ask("events")).isEqualTo("1 1");
      jvm.end().ok();
    }
  }

  @Test
  void aClassThatAnotherAgentRedefinesAsItSawItTakesOnePermit() throws Exception {
    try (RunningJvm jvm = program().agent(ruled("count")).start()) {
      assertThat(jvm.nextLine()).isEqualTo("started");
      assertThat(jvm.ask("calls")).isEqualTo("1 1");
      attach(jvm, itself(), "");
      for (int i = 0; i < 2; i++) {
        assertThat(jvm.ask("redefine")).isEqualTo("redefined");
        assertThat(jvm.ask("calls")).isEqualTo("1 1");
      }

      CommandLine.on(jdk, "detach", jvm).run().ok();
      assertThat(jvm.ask("calls")).isEqualTo("0 0");

      attach(jvm, Artifacts.AGENT, ruled("other"));
      assertThat(jvm.ask("calls")).isEqualTo("1 0");
      CommandLine.on(jdk, "detach", jvm).run().ok();

      attach(jvm, Artifacts.AGENT, LIMITER);
      assertThat(jvm.ask("calls")).isEqualTo("1 0");
      jvm.end().ok();
    }
  }

  private Jvm program() {
    return Jvm.on(jdk).program(Programs.compile(PROGRAM)).main("Again");
  }

  private String ruled(String limiter) throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve(limiter + ".conf"),
            "tollgate.rules = [ { method = \"Again$Plain#send\", limiter = " + limiter + " } ]");
    return "config=" + rules + "," + LIMITER;
  }

  private static void attach(RunningJvm jvm, Path agent, String arguments) throws Exception {
    VirtualMachine attached = VirtualMachine.attach(jvm.pid());
    try {
      attached.loadAgent(agent.toString(), arguments);
    } finally {
      attached.detach();
    }
  }

  /** The program as an agent: its classes are on the class path. */
  private Path itself() throws IOException {
    Path jar = folder.resolve("itself.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", "Again");
    attributes.putValue("Can-Retransform-Classes", "true");
    attributes.putValue("Can-Redefine-Classes", "true");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
