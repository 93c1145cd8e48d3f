package dev.tollgate.agent.weave;

import static dev.tollgate.agent.weave.WovenSamples.TOKENS;
import static dev.tollgate.agent.weave.WovenSamples.call;
import static dev.tollgate.agent.weave.WovenSamples.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.limiter.RateLimiter;
import org.junit.jupiter.api.Test;

/** Which bucket {@code @LimitKey} takes from. */
class WovenKeysTest {
  private static final int ALL = (int) TOKENS;

  private final WovenSamples woven = new WovenSamples(KeySamples.class);
  private final RateLimiter limit = woven.limiter("limit");
  private final RateLimiter other = woven.limiter("other");

  @Test
  void eachValueHasABucketOfItsOwn() throws Exception {
    Object methods = woven.make("Methods");
    call(methods, "weighted", "a", ALL);
    assertRefused(methods, "weighted", "a", 1);
    assertThat(call(methods, "weighted", "b", ALL)).isEqualTo("b" + ALL);
    assertThat(call(methods, "ofText", 1, "c")).isEqualTo("c");
    assertRefused(methods, "ofText", 1, "a");
    assertThat(taken(limit)).as("the limiter's own bucket is another").isZero();
  }

  @Test
  void nullIsAValueLikeAnyOther() throws Exception {
    Object methods = woven.make("Methods");
    call(methods, "weighted", null, ALL);
    assertRefused(methods, "ofText", 1, null);
    assertGranted(methods, "ofText", 1, "null");
  }

  @Test
  void primitivesAreKeysToo() throws Exception {
    Class<?> methods = woven.load("Methods");
    for (int i = 0; i < ALL; i++) {
      call(methods, "ofLong", (long) i, 5L);
    }
    assertRefused(methods, "ofLong", 0L, 5L);
    assertGranted(methods, "ofLong", 5L, 6L);
    assertThat(call(methods, "ofChar", 'x')).isEqualTo('x');
    assertThat(call(methods, "ofBoolean", true)).isEqualTo(true);
  }

  @Test
  void ofSeveralParametersTheCombinationIsTheKey() throws Exception {
    Object methods = woven.make("Methods");
    for (int i = 0; i < ALL; i++) {
      call(methods, "combined", "a", (long) i, 1);
    }
    assertRefused(methods, "combined", "a", 7L, 1);
    assertGranted(methods, "combined", "a", 7L, 2);
    assertGranted(methods, "combined", "b", 7L, 1);
    assertGranted(methods, "combined", null, 7L, 1);
    assertGranted(methods, "ofText", 1, "a");
  }

  @Test
  void ofSeveralLimitsTheFirstGoesByKeyAndTheOthersHoldForAllKeys() throws Exception {
    Object methods = woven.make("Methods");
    for (int i = 0; i < ALL; i++) {
      call(methods, "firstGoesByKey", "key " + i);
    }
    assertThat(taken(limit)).isZero();
    assertThat(taken(other)).isEqualTo(ALL);
    assertRefused(methods, "firstGoesByKey", "another");
    woven.ticker().advance(java.time.Duration.ofSeconds(ALL));
    call(methods, "weighted", "a", ALL);
    assertRefused(methods, "firstGoesByKey", "a");
    assertThat(taken(other)).as("all or nothing").isZero();
  }

  @Test
  void theKeyMayNameTheLimitThatGoesByIt() throws Exception {
    Object methods = woven.make("Methods");
    call(methods, "otherGoesByKey", "a");
    assertThat(taken(limit)).isOne();
    assertThat(taken(other)).isZero();
    for (int i = 0; i < ALL; i++) {
      call(methods, "eachByItsOwn", "user " + i, "host");
    }
    assertRefused(methods, "eachByItsOwn", "another user", "host");
    assertGranted(methods, "eachByItsOwn", "another user", "another host");
  }

  @Test
  void oneEntryTakesByTheKeyThatItCameInWith() throws Exception {
    Object type = woven.make("Type");
    for (int i = 0; i < ALL; i++) {
      call(type, "outer", "a");
    }
    assertRefused(type, "outer", "a");
    assertGranted(type, "inner", "inside");
  }

  @Test
  void constructorsGoByKeyToo() throws Exception {
    for (int i = 0; i < ALL; i++) {
      woven.make("Made", "a");
    }
    assertThatThrownBy(() -> woven.make("Made", "a"))
        .isInstanceOf(RateLimitExceededException.class);
    assertThat(woven.make("Made", "b")).isNotNull();
  }

  private static void assertRefused(Object target, String name, Object... arguments) {
    assertThatThrownBy(() -> call(target, name, arguments))
        .isInstanceOf(RateLimitExceededException.class);
  }

  private static void assertGranted(Object target, String name, Object... arguments) {
    assertThatCode(() -> call(target, name, arguments)).doesNotThrowAnyException();
  }
}
