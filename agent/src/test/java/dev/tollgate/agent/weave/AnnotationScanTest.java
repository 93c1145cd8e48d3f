package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tollgate.RateLimited;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationScanTest {
  private static final String ONE = "Ldev/tollgate/RateLimited;";

  @Test
  void findsTheAnnotationOnMethodsConstructorsAndTypes() {
    assertThat(mentions(OnMethod.class)).isTrue();
    assertThat(mentions(OnConstructor.class)).isTrue();
    assertThat(mentions(OnType.class)).isTrue();
  }

  @Test
  void findsItWhereItIsRepeated() {
    assertThat(mentions(Repeated.class)).isTrue();
  }

  @Test
  void findsNothingWhereThereIsNone() {
    assertThat(mentions(Plain.class)).isFalse();
    assertThat(mentions(String.class)).isFalse();
    assertThat(mentions(Opcodes.class)).isFalse();
  }

  @Test
  void aClassThatNamesTheAnnotationWithoutCarryingItIsLookedAtAndNothingPlanned() {
    byte[] file = ClassFiles.of(AnnotationScanTest.class);
    assertThat(AnnotationScan.mentionsLimit(file)).isTrue();
    assertThat(ClassFiles.plan(file).methods()).isEmpty();
    assertThat(ClassFiles.plan(file).report().missed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ldev/tollgate/RateLimited",
        "dev/tollgate/RateLimited",
        "Ldev/tollgate/RateLimiter;",
        "Ldev/tollgate/RateLimitedX;",
        "LXev/tollgate/RateLimited;",
        "Lorg/tollgate/RateLimited;",
        "[Ldev/tollgate/RateLimited;",
        "Ldev/tollgate/RateLimited$Lists;",
        ""
      })
  void isNotTakenInByNamesThatAreAlike(String name) {
    assertThat(AnnotationScan.mentionsLimit(pool(name))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, "Ldev/tollgate/RateLimited$List;"})
  void findsTheNameBehindConstantsOfEveryKind(String name) {
    assertThat(AnnotationScan.mentionsLimit(pool(name))).isTrue();
    assertThat(AnnotationScan.mentionsLimit(pool("another"))).isFalse();
  }

  @Test
  void looksAtConstantsAloneAndKnowsThatLongsCountTwice() {
    for (int wide : new int[] {5, 6}) {
      ByteBuffer file = ByteBuffer.allocate(100).putInt(0xCAFEBABE).putInt(61).putShort((short) 3);
      file.put((byte) wide).putLong(1);
      // What follows the constants looks like one more.
      byte[] name = ONE.getBytes(StandardCharsets.US_ASCII);
      file.put((byte) 1).putShort((short) name.length).put(name);
      assertThat(AnnotationScan.mentionsLimit(file.array())).isFalse();
    }
  }

  @Test
  void aFileThatEndsTooEarlyIsNoneAndNoError() {
    byte[] file = ClassFiles.of(OnMethod.class);
    int known = 0;
    boolean found = false;
    for (int length = 0; length <= file.length; length++) {
      boolean mentions = AnnotationScan.mentionsLimit(Arrays.copyOf(file, length));
      assertThat(!mentions && found).as("lost again at %d", length).isFalse();
      found = mentions;
      known += mentions ? 1 : 0;
    }
    assertThat(known).isPositive().isLessThan(file.length - ONE.length());
    byte[] pool = pool(ONE);
    for (int length = 0; length < pool.length; length++) {
      byte[] cut = Arrays.copyOf(pool, length);
      assertThatCode(() -> AnnotationScan.mentionsLimit(cut)).doesNotThrowAnyException();
    }
  }

  @Test
  void garbageIsNoError() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      byte[] garbage = new byte[random.nextInt(60)];
      random.nextBytes(garbage);
      AnnotationScan.mentionsLimit(garbage);
    }
    byte[] file = ClassFiles.of(OnMethod.class);
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = file.clone();
      for (int hit = random.nextInt(6); hit >= 0; hit--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      AnnotationScan.mentionsLimit(damaged);
    }
    assertThat(AnnotationScan.mentionsLimit(new byte[0])).isFalse();
    assertThat(AnnotationScan.mentionsLimit(new byte[1_000])).isFalse();
  }

  private static boolean mentions(Class<?> type) {
    return AnnotationScan.mentionsLimit(ClassFiles.of(type));
  }

  /** A class file with one constant of each kind that there is, and {@code last} after them. */
  private static byte[] pool(String last) {
    ClassWriter file = new ClassWriter(0);
    file.visit(Opcodes.V17, 0, "Pool", null, "java/lang/Object", null);
    Handle handle = new Handle(Opcodes.H_INVOKESTATIC, "A", "b", "()V", false);
    file.newConst(1);
    file.newConst(1.5f);
    file.newConst(2L);
    file.newConst(2.5);
    file.newClass("C");
    file.newConst("a string");
    file.newField("D", "e", "I");
    file.newMethod("F", "g", "()V", false);
    file.newMethod("H", "i", "()V", true);
    file.newNameType("j", "()V");
    file.newHandle(Opcodes.H_INVOKESTATIC, "K", "l", "()V", false);
    file.newMethodType("()I");
    file.newInvokeDynamic("m", "()V", handle, 3L);
    file.newConst(new ConstantDynamic("n", "I", handle, 4.5));
    file.newModule("o");
    file.newPackage("p");
    file.newUTF8("ä𝄞\0");
    file.newConst(6L);
    if (!last.isEmpty()) {
      file.newUTF8(last);
    }
    return file.toByteArray();
  }

  static class OnMethod {
    @RateLimited("a")
    void method() {}
  }

  static class OnConstructor {
    @RateLimited("a")
    OnConstructor() {}
  }

  @RateLimited("a")
  static class OnType {}

  static class Repeated {
    @RateLimited("a")
    @RateLimited("b")
    void method() {}
  }

  static class Plain {
    @Deprecated
    long method(double number) {
      return (long) number + 123_456_789_012L;
    }
  }
}
