package dev.tollgate.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetransformationTest {
  private final Map<Class<?>, Throwable> broken = new HashMap<>();
  private final List<Class<?>> done = new ArrayList<>();
  private int askings;

  @Test
  void ofNoneNothingIsAsked() {
    assertThat(retransform(List.of())).isEmpty();
    assertThat(askings).isZero();
  }

  @Test
  void atMostAHundredAreAskedForAtOnce() throws Exception {
    List<Class<?>> types = types();
    assertThat(retransform(types)).isEmpty();
    assertThat(done).containsExactlyElementsOf(types);
    assertThat(askings).isEqualTo(11);
  }

  @Test
  void oneThatCannotBeCostsFewAskingsAndNoOtherItsTurn() throws Exception {
    List<Class<?>> types = types();
    broken.put(types.get(700), new VerifyError("broken"));

    assertThat(retransform(types)).containsExactlyEntriesOf(broken);
    assertThat(done).hasSize(types.size() - 1).doesNotContain(types.get(700));
    // 11 times a hundred, and two halves each time: a hundred is halved seven times at most.
    assertThat(askings).isLessThanOrEqualTo(11 + 14);
  }

  @Test
  void oneThatHasNoMemoryCostsNoOtherItsTurn() throws Exception {
    List<Class<?>> types = types();
    broken.put(types.get(700), new OutOfMemoryError("Metaspace"));

    assertThat(retransform(types)).containsExactlyEntriesOf(broken);
    assertThat(done).hasSize(types.size() - 1).doesNotContain(types.get(700));
  }

  @Test
  void onceThereIsNoMemoryForASecondTheRestIsNotAttempted() throws Exception {
    List<Class<?>> types = types();
    for (Class<?> type : types.subList(300, types.size())) {
      broken.put(type, new OutOfMemoryError("Metaspace"));
    }

    Retransformation retransformation = Retransformation.of(types, instrumentation());
    assertThat(retransformation.failed()).hasSize(types.size() - 300);
    assertThat(done).containsExactlyElementsOf(types.subList(0, 300));
    assertThat(askings).isLessThan(20);
    assertThatThrownBy(retransformation::throwIfOutOfMemory).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void oneThatCannotRunAnyMoreIsNoFailure() throws Exception {
    List<Class<?>> types = types();
    broken.put(types.get(0), new InternalError("class redefinition failed: invalid class"));

    assertThat(retransform(types)).isEmpty();
    assertThat(done).hasSize(types.size() - 1);
  }

  private Map<Class<?>, Throwable> retransform(List<Class<?>> types) {
    Retransformation retransformation = Retransformation.of(types, instrumentation());
    retransformation.throwIfOutOfMemory();
    return retransformation.failed();
  }

  private Instrumentation instrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            Instrumentation.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("retransformClasses");
              askings++;
              List<Class<?>> asked = List.of((Class<?>[]) arguments[0]);
              for (Class<?> type : asked) {
                if (broken.containsKey(type)) {
                  throw broken.get(type);
                }
              }
              done.addAll(asked);
              return null;
            });
  }

  /** As many classes as are to be had without loading any. */
  private static List<Class<?>> types() throws ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (String element : List.of("I", "J", "D", "Z")) {
      for (int dimensions = 1; dimensions <= 255; dimensions++) {
        types.add(Class.forName("[".repeat(dimensions) + element));
      }
    }
    return types;
  }
}
