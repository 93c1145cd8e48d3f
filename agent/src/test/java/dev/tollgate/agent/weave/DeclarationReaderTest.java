package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.LimitKey;
import dev.tollgate.RateLimited;
import dev.tollgate.Weight;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class DeclarationReaderTest {

  @Test
  void readsEveryValueOfTheAnnotationAndItsDefaults() {
    assertThat(methods(Annotated.class).get("plain").own())
        .containsExactly(new Declaration("a", 1, "", "", 0, "", 0));
    assertThat(methods(Annotated.class).get("full").own())
        .containsExactly(new Declaration("b", 2, "30s", "plain", 3, "1m", 4));
    assertThat(methods(Annotated.class).get("none").own()).isEmpty();
  }

  @Test
  void readsRepeatedOnesInTheirOrder() {
    assertThat(methods(Annotated.class).get("repeated").own())
        .extracting(Declaration::limiter)
        .containsExactly("x", "y", "z");
    assertThat(read(Annotated.class).onType())
        .extracting(Declaration::limiter)
        .containsExactly("t1", "t2");
  }

  @Test
  void readsTheClassAndItsMethods() {
    ClassDeclarations type = read(Annotated.class);
    assertThat(type.name()).isEqualTo(Annotated.class.getName());
    assertThat(type.version()).isEqualTo(61);
    assertThat(type.isEnum()).isFalse();
    assertThat(read(Thread.State.class).isEnum()).isTrue();
    MethodDeclarations full = methods(Annotated.class).get("full");
    assertThat(full.descriptor()).isEqualTo("(JLjava/util/Map$Entry;[[I)D");
    assertThat(full.signature()).isEqualTo("full(long,Map$Entry,int[][])");
    assertThat(full.returnType()).isEqualTo("double");
    assertThat(full.has(Opcodes.ACC_PRIVATE)).isTrue();
    assertThat(full.maxLocals()).isGreaterThanOrEqualTo(5);
    assertThat(full.firstLine()).isPositive();
    MethodDeclarations abstractMethod = methods(Function.class).get("apply");
    assertThat(abstractMethod.maxLocals()).isZero();
    assertThat(abstractMethod.firstLine()).isZero();
  }

  @Test
  void readsWhichMethodABridgeCallsAndWhichConstructorBeginsWithAnother() {
    ClassDeclarations type = read(Bridged.class);
    String own = "(L" + type.internalName() + ";)I";
    assertThat(type.method("compareTo", "(Ljava/lang/Object;)I").bridgeTo()).isEqualTo(own);
    assertThat(type.method("compareTo", own).bridgeTo()).isNull();
    assertThat(type.method("<init>", "()V").callsThis()).isTrue();
    assertThat(type.method("<init>", "(I)V").callsThis()).isFalse();
  }

  @Test
  void noticesTollgatesAnnotationsOnParametersAndNoOthers() {
    assertThat(methods(Annotated.class).get("parameters").parameters())
        .containsExactlyInAnyOrder(
            new ParameterDeclaration(0, "Ldev/tollgate/Weight;", List.of()),
            new ParameterDeclaration(1, "Ldev/tollgate/LimitKey;", List.of()));
    assertThat(methods(Annotated.class).get("full").parameters()).isEmpty();
  }

  @Test
  void tellsMainFromOthers() {
    assertThat(method(Opcodes.ACC_STATIC, "main", "([Ljava/lang/String;)V").isMain()).isTrue();
    assertThat(method(0, "main", "([Ljava/lang/String;)V").isMain()).isFalse();
    assertThat(method(Opcodes.ACC_STATIC, "main", "()V").isMain()).isFalse();
  }

  @Test
  void tellsSuspendFunctionsByTheirLastParameter() {
    String continuation = "Lkotlin/coroutines/Continuation;";
    assertThat(method(0, "a", "(I" + continuation + ")Ljava/lang/Object;").isSuspend()).isTrue();
    assertThat(method(0, "a", "(" + continuation + "I)Ljava/lang/Object;").isSuspend()).isFalse();
    assertThat(method(0, "a", "()" + continuation).isSuspend()).isFalse();
  }

  private static MethodDeclarations method(int access, String name, String descriptor) {
    return new MethodDeclarations(
        access, name, descriptor, List.of(), List.of(), 0, 0, null, false, List.of(), false);
  }

  private static ClassDeclarations read(Class<?> type) {
    return DeclarationReader.read(new ClassReader(ClassFiles.of(type)));
  }

  private static Map<String, MethodDeclarations> methods(Class<?> type) {
    return read(type).methods().stream()
        .filter(method -> !method.isCompilersOwn())
        .collect(Collectors.toMap(MethodDeclarations::name, method -> method, (a, b) -> a));
  }

  static class Bridged implements Comparable<Bridged> {
    final int rank;

    Bridged() {
      this(1);
    }

    Bridged(int rank) {
      this.rank = rank;
    }

    @Override
    public int compareTo(Bridged other) {
      return Integer.compare(rank, other.rank);
    }
  }

  @RateLimited("t1")
  @RateLimited("t2")
  static class Annotated {
    @RateLimited("a")
    void plain() {}

    @RateLimited(
        value = "b",
        weight = 2,
        timeout = "30s",
        fallback = "plain",
        permits = 3,
        period = "1m",
        burst = 4)
    private double full(long a, Map.Entry<String, String> b, @Deprecated int[][] c) {
      return a;
    }

    @Deprecated
    void none() {
      full(1, null, null);
    }

    @RateLimited("x")
    @RateLimited("y")
    @RateLimited("z")
    void repeated() {}

    @RateLimited("p")
    void parameters(@Weight int weight, @LimitKey @Deprecated String key) {}
  }
}
