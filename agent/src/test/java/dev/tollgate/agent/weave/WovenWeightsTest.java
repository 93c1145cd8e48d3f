package dev.tollgate.agent.weave;

import static dev.tollgate.agent.weave.WovenSamples.TOKENS;
import static dev.tollgate.agent.weave.WovenSamples.call;
import static dev.tollgate.agent.weave.WovenSamples.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.limiter.RateLimiter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code @Weight} takes. */
class WovenWeightsTest {
  private final WovenSamples woven = new WovenSamples(WeightSamples.class);
  private final RateLimiter limit = woven.limiter("limit");
  private final RateLimiter other = woven.limiter("other");

  @Test
  void eachTypeOfWeightIsTakenInPlaceOfTheAnnotations() throws Exception {
    Object methods = woven.make("Methods");
    assertThat(call(methods, "ofInt", 99L, 3, 0.5)).isEqualTo(3);
    assertThat(taken(limit)).isEqualTo(3);
    assertThat(call(woven.load("Methods"), "ofLong", "x", 20L)).isEqualTo(20L);
    assertThat(taken(limit)).isEqualTo(23);
    assertThat(call(methods, "ofInteger", 100)).isEqualTo(100);
    assertThat(taken(limit)).isEqualTo(123);
    assertThat(call(methods, "ofBoxedLong", 200L)).isEqualTo(200L);
    assertThat(taken(limit)).isEqualTo(323);
  }

  @Test
  void ofSeveralLimitsEachTakesTheWeight() throws Exception {
    call(woven.make("Methods"), "ofSeveral", 4);
    assertThat(taken(limit)).isEqualTo(4);
    assertThat(taken(other)).isEqualTo(4);
  }

  @Test
  void varargsAndGenericsMoveNoWeight() throws Exception {
    Class<?> methods = woven.load("Methods");
    assertThat(call(methods, "varargs", 5, new String[] {"a", "b"})).isEqualTo(2);
    assertThat(taken(limit)).isEqualTo(5);
    assertThat(call(methods, "generic", List.of("first"), 6L)).isEqualTo("first");
    assertThat(taken(limit)).isEqualTo(11);
  }

  @Test
  void oneEntryTakesItsOwnWeight() throws Exception {
    assertThat(call(woven.make("Type"), "outer", 8)).isEqualTo(8);
    assertThat(taken(limit)).isEqualTo(8);
  }

  @Test
  void zeroPassesFreeAlsoWhereNothingIsLeft() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    assertThat(call(methods, "ofInt", 1L, 0, 0.5)).isEqualTo(0);
    assertThat(call(methods, "ofInteger", 0)).isEqualTo(0);
    assertThat(limit.stats().totalRequests()).as("the test's own").isOne();
  }

  @Test
  void aNegativeWeightIsTheCallersMistakeAndTakesNothing() throws Exception {
    Object methods = woven.make("Methods");
    assertThatThrownBy(() -> call(methods, "ofInt", 1L, -2, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the weight of a call to "
                + WeightSamples.class.getName()
                + "$Methods.ofInt(long,int,double) is -2; it must be 0 or more")
        .satisfies(
            thrown ->
                assertThat(thrown.getStackTrace()[0].getMethodName())
                    .as("the trace begins at the method")
                    .isEqualTo("ofInt"));
    assertThatThrownBy(() -> call(methods, "ofBoxedLong", -1L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> call(methods, "ofSeveral", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(taken(limit)).isZero();
    assertThat(taken(other)).isZero();
  }

  @Test
  void aWeightThatIsNullIsTheCallersMistake() throws Exception {
    Object methods = woven.make("Methods");
    assertThatThrownBy(() -> call(methods, "ofInteger", (Object) null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("$Methods.ofInteger(Integer) is null");
    assertThat(limit.stats().totalRequests()).isZero();
  }

  @Test
  void aWeightAboveWhatIsThereIsRefused() throws Exception {
    assertThatThrownBy(() -> call(woven.make("Methods"), "ofInt", 1L, (int) TOKENS + 1, 0.5))
        .isInstanceOf(RateLimitExceededException.class);
    assertThat(taken(limit)).isZero();
  }

  @Test
  void aRecordsConstructorTakesIt() throws Exception {
    woven.make("Point", 9L, 2);
    assertThat(taken(limit)).isEqualTo(2);
  }

  @Test
  void anEnumsConstructorTakesItBehindNameAndOrdinal() throws Exception {
    woven.load("Planet").getEnumConstants();
    assertThat(taken(limit)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inner",
        "innerOfOuter",
        "nested",
        "local",
        "localInStatic",
        "localWithoutCapture"
      })
  void constructorsTakeItBehindWhateverTheCompilerHasPutBeforeIt(String kind) throws Exception {
    call(woven.make("Outer"), kind, 5);
    assertThat(taken(limit)).isEqualTo(5);
  }
}
