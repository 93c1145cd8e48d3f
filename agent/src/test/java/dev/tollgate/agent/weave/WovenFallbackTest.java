package dev.tollgate.agent.weave;

import static dev.tollgate.agent.weave.WovenSamples.TOKENS;
import static dev.tollgate.agent.weave.WovenSamples.call;
import static dev.tollgate.agent.weave.WovenSamples.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.UnknownLimiterException;
import dev.tollgate.limiter.RateLimiter;
import org.junit.jupiter.api.Test;

/** Who answers a refusal. */
class WovenFallbackTest {
  private final WovenSamples woven = new WovenSamples(FallbackSamples.class);
  private final RateLimiter limit = woven.limiter("limit");
  private final RateLimiter other = woven.limiter("other");

  @Test
  void whatIsGrantedNeverAsksIt() throws Exception {
    Object methods = woven.make("Methods");
    int[] calls = new int[2];
    assertThat(call(methods, "ofPlain", 1, 2L, 0.5, "x")).isEqualTo("body");
    assertThat(call(methods, "ofTold", 9L)).isEqualTo(9L);
    assertThat(call(methods, "ofExact")).isEqualTo("body");
    call(methods, "ofRejected", (Object) calls);
    assertThat(call(methods, "loop", 5)).isEqualTo(0);
    assertThat(taken(limit)).isEqualTo(5);
    assertThat(calls).containsExactly(1, 0);
  }

  @Test
  void eachShapeAnswersWithTheCallsArguments() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    int[] calls = new int[2];
    assertThat(call(methods, "ofPlain", 1, 2L, 0.5, "x")).isEqualTo("plain 120.5x");
    assertThat((Long) call(methods, "ofTold", 9L)).isLessThan(-40);
    assertThat(call(methods, "ofExact")).isEqualTo("limit");
    call(methods, "ofRejected", (Object) calls);
    assertThat(call(methods, "loop", 5)).isEqualTo(-5);
    assertThat(calls).containsExactly(0, 1);
  }

  @Test
  void theBodysOwnExceptionNeverReachesIt() throws Exception {
    assertThatThrownBy(() -> call(woven.load("Methods"), "fails")).hasMessage("its own");
  }

  @Test
  void anUnknownLimiterNeverReachesIt() throws Exception {
    assertThatThrownBy(() -> call(woven.load("Methods"), "unknown"))
        .isInstanceOf(UnknownLimiterException.class);
  }

  @Test
  void anImpossibleWeightNeverReachesIt() throws Exception {
    Class<?> methods = woven.load("Methods");
    assertThatThrownBy(() -> call(methods, "ofWeight", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(call(methods, "ofWeight", (int) TOKENS)).isEqualTo("body");
    assertThat(call(methods, "ofWeight", 1)).isEqualTo("fallback");
  }

  @Test
  void oneThatIsLimitedItselfTakesItsOwn() throws Exception {
    limit.tryAcquire(TOKENS);
    assertThat(call(woven.load("Methods"), "first")).isEqualTo("second");
    assertThat(taken(other)).isOne();
  }

  @Test
  void ofSeveralLimitsItAnswersForEach() throws Exception {
    limit.tryAcquire(TOKENS);
    assertThat(call(woven.load("Methods"), "ofSeveral")).isEqualTo("fallback");
    assertThat(taken(other)).isZero();
  }

  @Test
  void whatItThrowsPasses() throws Exception {
    limit.tryAcquire(TOKENS);
    assertThatThrownBy(() -> call(woven.load("Methods"), "ofThrowing"))
        .hasMessage("no answer either");
  }

  @Test
  void aTypesFallbackAnswersForItsEntriesAndEndsThem() throws Exception {
    Object type = woven.make("Type");
    assertThat(call(type, "outer", true)).isEqualTo(1L);
    assertThat(taken(limit)).isOne();
    limit.tryAcquire(TOKENS - 1);
    for (int i = 0; i < 3; i++) {
      assertThat(call(type, "outer", true)).isEqualTo(-1L);
      assertThat(call(type, "shallow")).isEqualTo(-2L);
    }
    woven.ticker().advance(java.time.Duration.ofSeconds(2));
    assertThat(call(type, "outer", true)).isEqualTo(1L);
    assertThatThrownBy(() -> call(type, "shallow")).hasMessage("its own");
  }

  @Test
  void anInterfacesPrivateOneAnswers() throws Exception {
    limit.tryAcquire(TOKENS);
    assertThat(call(woven.make("Implements"), "ofDefault")).isEqualTo("private of interface");
  }

  @Test
  void aSubclassMayOverrideIt() throws Exception {
    limit.tryAcquire(TOKENS);
    assertThat(call(woven.make("Derived"), "ofBase")).isEqualTo("derived");
  }

  @Test
  void anInterruptedWaitIsARefusal() throws Exception {
    RateLimiter patient = woven.patient("nobodys");
    patient.tryAcquire(TOKENS);
    Thread.currentThread().interrupt();
    try {
      assertThat(call(woven.load("Methods"), "unknown")).isEqualTo("fallback");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(patient.stats().rejectedRequests()).isOne();
  }
}
