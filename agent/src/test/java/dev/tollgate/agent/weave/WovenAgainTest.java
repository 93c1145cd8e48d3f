package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.report.ClassReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class files that have call sites of ours when they come to be woven. */
class WovenAgainTest {
  private static final ClassPlan NOTHING = plan(Map.of());

  static List<Class<?>> samples() {
    List<Class<?>> samples = new ArrayList<>();
    for (Class<?> outer :
        List.of(
            Samples.class,
            FallbackSamples.class,
            AsyncSamples.class,
            WeightSamples.class,
            JointSamples.class)) {
      for (Class<?> sample : outer.getDeclaredClasses()) {
        if (!ClassFiles.plan(ClassFiles.of(sample)).methods().isEmpty()) {
          samples.add(sample);
        }
      }
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void nothingIsWrittenIfAllIsThereAlready(Class<?> sample) {
    ClassReader woven = new ClassReader(ClassFiles.weave(ClassFiles.of(sample)));

    assertThat(WovenClass.of(woven, ClassFiles.plan(woven.b), PresentSites.of(woven)).file())
        .isNull();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsThereIsTakenOutIfNothingIsLimitedAnyMore(Class<?> sample) throws Exception {
    ClassReader woven = new ClassReader(ClassFiles.weave(ClassFiles.of(sample)));

    byte[] bare = WovenClass.of(woven, NOTHING, PresentSites.of(woven)).file();

    assertThat(bare).isNotNull();
    assertThat(PresentSites.of(new ClassReader(bare)).areAsPlanned(Map.of())).isTrue();
    assertIsVerified(sample, bare);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsThereIsReplacedIfAnotherLimiterIsAskedFor(Class<?> sample) throws Exception {
    ClassReader woven = new ClassReader(ClassFiles.weave(ClassFiles.of(sample)));
    Map<String, MethodPlan> others = new LinkedHashMap<>();
    ClassFiles.plan(woven.b).methods().forEach((key, plan) -> others.put(key, byAnother(plan)));

    byte[] again = WovenClass.of(woven, plan(others), PresentSites.of(woven)).file();

    assertThat(again).isNotNull();
    assertThat(PresentSites.of(new ClassReader(again)).areAsPlanned(others)).isTrue();
    assertIsVerified(sample, again);
  }

  private static MethodPlan byAnother(MethodPlan plan) {
    List<Limit> limits = new ArrayList<>();
    for (Limit limit : plan.limits()) {
      limits.add(
          new Limit(
              "another",
              limit.weight(),
              limit.timeoutNanos(),
              limit.group(),
              limit.weightParameter(),
              limit.keyParameters()));
    }
    return new MethodPlan(plan.owner(), plan.method(), limits, plan.groups(), plan.fallback());
  }

  private static ClassPlan plan(Map<String, MethodPlan> methods) {
    return new ClassPlan("", methods, List.of(), new ClassReport(List.of(), List.of()));
  }

  /** Asking for its methods links a class, and so has it verified. */
  private static void assertIsVerified(Class<?> sample, byte[] file) throws Exception {
    ClassLoader loader =
        new ClassFiles.ChangingLoader(
            sample.getName(), (name, original) -> name.equals(sample.getName()) ? file : original);
    assertThat(Class.forName(sample.getName(), false, loader).getDeclaredMethods()).isNotNull();
  }
}
