package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Methods near the limits of the class file format. */
@OnEachJdk
class BigMethodsIT {
  private static final String HEAD =
      """
      import dev.tollgate.RateLimited;

      class Big {
        @RateLimited(value = "big", timeout = "0")
        static class Type {
      %s
        }

        static class Methods {
      %s
        }

        public static void main(String[] args) {
          for (int i = 0; i < 2; i++) {
            try {
              System.out.println(%s);
            } catch (java.util.concurrent.RejectedExecutionException e) {
              System.out.println("refused");
            }
          }
          System.exit(0);
        }
      }
      """;

  @Parameter Jdk jdk;

  /** 65,533 of at most 65,535 bytes: there is no room for a call. */
  @Test
  void oneWithNoRoomLeftIsMissedAndRunsAndTheOthersAreLimited() {
    String full =
        """
        %1$s int full(int i) {
          %2$s
          return 5;
        }
        %1$s int fuller(int i) {
          %2$s
          return 5;
        }
        %1$s int small() {
          return full(0) + fuller(0);
        }
        """;
    String increments = "i++;".repeat(21_844);
    String own = "@RateLimited(value = \"big\", timeout = \"0\") static";
    JvmResult ofMethods = run("", full.formatted(own, increments), "Methods.small()");
    JvmResult ofType = run(full.formatted("public static", increments), "", "Type.small()");

    for (JvmResult result : List.of(ofMethods, ofType)) {
      assertThat(result.out()).as("%s", result).containsExactly("10", "refused");
      assertThat(result.err())
          .as("%s", result)
          .filteredOn(line -> line.contains("missed"))
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).contains(".full(int): there is no room left"),
              line -> assertThat(line).contains(".fuller(int): there is no room left"));
    }
  }

  /** 65,535 slots, which no compiler uses, and the format allows. */
  @Test
  void oneWithNoRoomForAnotherLocalVariableIsMissedAndRuns() throws IOException {
    Path classes =
        Programs.compile(
            HEAD.formatted("public static int full() { return 5; }", "", "Type.full()"));
    Path file = classes.resolve("Big$Type.class");
    Files.write(file, withMaxLocals(Files.readAllBytes(file), 65_535));

    JvmResult result = run(classes);

    assertThat(result.out()).as("%s", result).containsExactly("5", "5");
    assertThat(result.err())
        .as("%s", result)
        .filteredOn(line -> line.contains("missed"))
        .singleElement()
        .asString()
        .contains(".full(): woven, it would have", "slots of local variables");
  }

  private static byte[] withMaxLocals(byte[] file, int locals) {
    ClassReader reader = new ClassReader(file);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(
                Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
              @Override
              public void visitMaxs(int maxStack, int maxLocals) {
                super.visitMaxs(maxStack, locals);
              }
            };
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Jumps of nearly 32,767 bytes over many returns, each of which grows. */
  @Test
  void longJumpsStayRight() {
    String body =
        """
        %s int jumps(int n) {
          int sum = 0;
          while (n-- > 0) {
            %s
            if (n == 100000) { return 1; }
            if (n == 100001) { return 2; }
            switch (n) { case 100002: return 3; case 100003: return 4; default: }
            for (int k = 0; k < 2; k++) { if (k == 5) { return 6; } }
          }
          return sum;
        }
        """;
    String increments = "sum++;".repeat(10_890);
    String own = "@RateLimited(value = \"big\", timeout = \"0\") static";

    assertThat(run(body.formatted("public static", increments), "", "Type.jumps(2)").out())
        .containsExactly("21780", "refused");
    assertThat(run("", body.formatted(own, increments), "Methods.jumps(2)").out())
        .containsExactly("21780", "refused");
  }

  /** 255 slots of arguments, the most there can be. */
  @Test
  void asManyArgumentsAsThereCanBe() {
    String parameters = list(i -> "long p" + i);
    String body = "%s int many(" + parameters + ", int last) { return (int) p0 + last; }";
    String arguments = list(i -> i + "L");
    String own = "@RateLimited(value = \"big\", timeout = \"0\") static";

    assertThat(run(body.formatted("public static"), "", "Type.many(" + arguments + ", 7)").out())
        .containsExactly("7", "refused");
    assertThat(run("", body.formatted(own), "Methods.many(" + arguments + ", 7)").out())
        .containsExactly("7", "refused");
  }

  /** More constants than one byte can tell apart. */
  @Test
  void manyConstants() {
    String body =
        "%s int constants() { String s = \"\"; int n = 0; "
            + list(i -> "s = \"text" + i + "\"; n += s.length() + " + (100_000 + i) + ";")
                .replace(", s =", " s =")
            + " return n == 0 ? 0 : 1; }";
    String own = "@RateLimited(value = \"big\", timeout = \"0\") static";

    assertThat(run(body.formatted("public static"), "", "Type.constants()").out())
        .containsExactly("1", "refused");
    assertThat(run("", body.formatted(own), "Methods.constants()").out())
        .containsExactly("1", "refused");
  }

  private static String list(IntFunction<String> element) {
    return IntStream.range(0, 127).mapToObj(element).collect(Collectors.joining(", "));
  }

  private JvmResult run(String ofType, String ofMethods, String call) {
    return run(Programs.compile(HEAD.formatted(ofType, ofMethods, call)));
  }

  private JvmResult run(Path classes) {
    return Jvm.on(jdk)
        .agent("limiters.big.permits=1,limiters.big.period=1h")
        .option("-Xverify:all")
        .program(classes)
        .main("Big")
        .run()
        .ok();
  }
}
