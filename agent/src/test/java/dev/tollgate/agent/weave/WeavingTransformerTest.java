package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.RateLimited;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.Door;
import dev.tollgate.limiter.LimiterRegistry;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeavingTransformerTest {
  private final LimiterRegistry registry = new LimiterRegistry(new FrozenTicker());
  private final AgentReport report = new AgentReport("", "", registry, true);
  private final AtomicInteger copies = new AtomicInteger();
  private final WeavingTransformer transformer =
      new WeavingTransformer(
          Rules.of(List.of()),
          registry,
          report,
          new Console(true),
          false,
          (loader, name) -> {},
          copies::incrementAndGet);
  private final ClassLoader program = new ClassFiles.ChangingLoader("none", (name, file) -> file);

  @Test
  void aClassWithoutTheAnnotationIsLeftAsItIs() {
    assertThat(transform(program, "a/B", ClassFiles.of(AnnotationScanTest.Plain.class))).isNull();
    assertThat(report.missed()).isEmpty();
    assertThat(report.woven()).isEmpty();
  }

  @Test
  void classesOfItsOwnLoaderAndOfTheJdkAreNotLookedAt() {
    byte[] file = ClassFiles.of(Samples.Type.class);
    assertThat(transform(WeavingTransformer.class.getClassLoader(), "a/B", file)).isNull();
    assertThat(transformer.transform(Object.class.getModule(), null, "a/B", null, null, file))
        .isNull();
    assertThat(report.missed()).isEmpty();
    assertThat(report.weaveMillis()).isZero();
  }

  @Test
  void aClassThatCannotBeReadIsMissedAndLeftAsItIs() {
    byte[] file = ClassFiles.of(Samples.Kinds.class);
    byte[] broken = Arrays.copyOf(file, file.length - 200);
    assertThat(AnnotationScan.mentionsLimit(broken)).isTrue();
    assertThat(transform(program, "a/Broken", broken)).isNull();
    assertThat(report.missed())
        .singleElement()
        .satisfies(
            missed -> {
              assertThat(missed.className()).isEqualTo("a.Broken");
              assertThat(missed.method()).isEmpty();
              assertThat(missed.why()).startsWith("could not be woven: ");
            });
    assertThat(transform(program, null, broken)).isNull();
    assertThat(report.missed()).extracting(MissedMethod::className).contains("a class");
    assertThat(report.weaveMillis()).isPositive();
  }

  @Test
  void aClassFileOfALaterJavaThanIsKnownIsMissed() {
    byte[] file = ClassFiles.of(Samples.Kinds.class);
    file[7] = (byte) 200;
    assertThat(transform(program, "a/Later", file)).isNull();
    assertThat(report.missed())
        .singleElement()
        .satisfies(missed -> assertThat(missed.why()).contains("200"));
  }

  @Test
  void aProxyOfWeldsLeavesItToItsTargetAndIsNotMissedForItsOldClassFile() {
    for (Class<?> proxy :
        List.of(
            Bean$Proxy$_$$_WeldClientProxy.class,
            Bean$Proxy$_$$_WeldSubclass.class,
            Role$Proxy$_$$_WeldClientProxy.class)) {
      byte[] file = ClassFiles.of(proxy);
      file[7] = 50;
      assertThat(transform(program, proxy.getName().replace('.', '/'), file)).isNull();
    }
    assertThat(report.missed()).isEmpty();
    assertThat(report.woven()).isEmpty();
  }

  @Test
  void aProxyOfMicronautsLeavesItToItsTarget() {
    byte[] file = ClassFiles.of($Bean$Definition$Intercepted.class);
    String name = $Bean$Definition$Intercepted.class.getName().replace('.', '/');
    assertThat(transform(program, name, file)).isNull();
    assertThat(report.woven()).isEmpty();
    assertThat(report.missed()).isEmpty();
  }

  @Test
  void aCopyOfTheRuntimeIsToldOfBeforeItRuns() {
    transform(program, "a/B", ClassFiles.of(AnnotationScanTest.Plain.class));
    assertThat(copies).hasValue(0);
    assertThat(transform(program, "a/Door", ClassFiles.of(Door.class))).isNull();
    assertThat(copies).hasValue(1);
  }

  @Test
  void nothingIsReadForAnInterfaceThatHasNoMethodToWeave() {
    List<String> asked = new ArrayList<>();
    ClassLoader asking =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            asked.add(name.substring(name.lastIndexOf('$') + 1));
            return null;
          }
        };
    transform(asking, "a/Below", ClassFiles.of(Below.class));
    assertThat(asked).isEmpty();
    transform(asking, "a/BelowWithBody", ClassFiles.of(BelowWithBody.class));
    assertThat(asked).containsExactly("Above.class");
  }

  static class Bean {
    @RateLimited("any")
    void call() {}
  }

  static class Bean$Proxy$_$$_WeldClientProxy extends Bean {
    @Override
    @RateLimited("any")
    void call() {}
  }

  static class Bean$Proxy$_$$_WeldSubclass extends Bean {
    @Override
    @RateLimited("any")
    void call() {}
  }

  static class $Bean$Definition$Intercepted extends Bean {
    @Override
    void call() {}
  }

  interface Role {
    @RateLimited("any")
    void call();
  }

  static class Role$Proxy$_$$_WeldClientProxy implements Role {
    @Override
    @RateLimited("any")
    public void call() {}
  }

  interface Above {
    void call();
  }

  interface Below extends Above {}

  interface BelowWithBody extends Above {
    @Override
    default void call() {}
  }

  private byte[] transform(ClassLoader loader, String name, byte[] file) {
    return transformer.transform(
        Objects.requireNonNull(loader).getUnnamedModule(), loader, name, null, null, file);
  }
}
