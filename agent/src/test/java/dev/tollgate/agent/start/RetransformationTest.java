package dev.tollgate.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetransformationTest {
  private final Map<Class<?>, Throwable> broken = new HashMap<>();
  private final Set<Class<?>> done = new HashSet<>();
  private int askings;

  @Test
  void ofNoneNothingIsAsked() {
    assertThat(retransform(List.of())).isEmpty();
    assertThat(askings).isZero();
  }

  @Test
  void allThatCanBeAreAskedForAtOnce() throws Exception {
    List<Class<?>> types = types();
    assertThat(retransform(types)).isEmpty();
    assertThat(done).containsExactlyInAnyOrderElementsOf(types);
    assertThat(askings).isEqualTo(1);
  }

  @Test
  void oneThatCannotBeCostsFewAskingsAndNoOtherItsTurn() throws Exception {
    List<Class<?>> types = types();
    broken.put(types.get(700), new VerifyError("broken"));

    assertThat(retransform(types)).containsExactlyEntriesOf(broken);
    assertThat(done).hasSize(types.size() - 1).doesNotContain(types.get(700));
    // All of them, and two halves each time: 1,020 are halved ten times at most.
    assertThat(askings).isLessThanOrEqualTo(21);
  }

  @Test
  void oneThatCannotRunAnyMoreIsNoFailure() throws Exception {
    List<Class<?>> types = types();
    broken.put(types.get(0), new InternalError("class redefinition failed: invalid class"));

    assertThat(retransform(types)).isEmpty();
    assertThat(done).hasSize(types.size() - 1);
  }

  private Map<Class<?>, Throwable> retransform(List<Class<?>> types) {
    Instrumentation instrumentation =
        (Instrumentation)
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
    return Retransformation.of(types, instrumentation);
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
