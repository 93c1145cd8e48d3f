package dev.tollgate.agent.weave;

import static dev.tollgate.agent.weave.WovenSamples.TOKENS;
import static dev.tollgate.agent.weave.WovenSamples.call;
import static dev.tollgate.agent.weave.WovenSamples.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.UnknownLimiterException;
import dev.tollgate.limiter.RateLimiter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several limits on one method: all or nothing. */
class WovenJointTest {
  private final WovenSamples woven = new WovenSamples(JointSamples.class);
  private final RateLimiter limit = woven.limiter("limit");
  private final RateLimiter other = woven.limiter("other");

  @Test
  void allAreTaken() throws Exception {
    assertThat(call(woven.load("Methods"), "staticOne")).isEqualTo("static");
    assertThat(taken(limit)).isOne();
    assertThat(taken(other)).isEqualTo(5);
    assertThat(call(woven.make("Methods"), "instance")).isEqualTo("instance");
    assertThat(taken(limit)).isEqualTo(2);
    assertThat(taken(other)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"staticOne", "instance", "outer"})
  void whatOneRefusesTakesNothingOfTheOthersAndNamesIt(String method) throws Exception {
    other.tryAcquire(TOKENS - 4);
    Object target = woven.make(method.equals("outer") ? "Type" : "Methods");
    assertThatThrownBy(() -> call(target, method))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> {
              assertThat(refused.limiter()).isEqualTo("other");
              assertThat(refused.retryAfter()).hasSeconds(1);
              assertThat(refused.getStackTrace()[0].getMethodName()).isEqualTo(method);
            });
    assertThat(taken(limit)).isZero();
    assertThat(limit.stats().rejectedRequests()).isZero();
    assertThat(other.stats().rejectedRequests()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staticOne", "instance", "outer"})
  void theLimitWithTheLongestWaitGivesNameAndDurationAndCounts(String method) throws Exception {
    limit.tryAcquire(TOKENS);
    other.tryAcquire(TOKENS);
    Object target = woven.make(method.equals("outer") ? "Type" : "Methods");
    assertThatThrownBy(() -> call(target, method))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> {
              assertThat(refused.limiter()).isEqualTo("other");
              assertThat(refused.retryAfter()).hasSeconds(5);
            });
    assertThat(limit.stats().rejectedRequests()).isZero();
    assertThat(other.stats().rejectedRequests()).isOne();
  }

  @Test
  void aWeightAboveTheCapacityIsNeverWhereverTheLimitStands() throws Exception {
    limit.tryAcquire(TOKENS);
    assertThatThrownBy(() -> call(woven.load("Methods"), "tooMuchOfTheSecond"))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> {
              assertThat(refused.limiter()).isEqualTo("other");
              assertThat(refused.retryAfter()).isEqualTo(ChronoUnit.FOREVER.getDuration());
              assertThat(refused.getMessage()).contains("its weight, 1000000,");
            });
    assertThat(other.stats().rejectedRequests()).isOne();
  }

  @Test
  void theSameLimiterTwiceTakesTheSum() throws Exception {
    call(woven.load("Methods"), "sameTwice");
    assertThat(taken(limit)).isEqualTo(5);
    limit.tryAcquire(TOKENS - 5 - 4);
    assertThatThrownBy(() -> call(woven.load("Methods"), "sameTwice"))
        .isInstanceOf(RateLimitExceededException.class);
  }

  @Test
  void oneEntryTakesOfEachOnce() throws Exception {
    Object type = woven.make("Type");
    assertThat(call(type, "outer")).isEqualTo("inner");
    assertThat(taken(limit)).isOne();
    assertThat(taken(other)).isEqualTo(5);
    assertThat(call(type, "inner")).isEqualTo("inner");
    assertThat(taken(limit)).isEqualTo(2);
  }

  @Test
  void anUnknownOneFailsTheCallAndNothingIsTaken() throws Exception {
    Class<?> methods = woven.load("Methods");
    assertThatThrownBy(() -> call(methods, "ofAnUnknownOne"))
        .isInstanceOf(UnknownLimiterException.class)
        .hasMessageContaining("'nobodys'");
    assertThat(taken(limit)).isZero();
    RateLimiter late = woven.limiter("nobodys");
    assertThat(call(methods, "ofAnUnknownOne")).isEqualTo("went on");
    assertThat(taken(limit)).isOne();
    assertThat(taken(late)).isOne();
  }

  @Test
  void whereUnknownOnesAreIgnoredTheOthersAreTaken() throws Exception {
    WovenSamples ignoring = new WovenSamples(JointSamples.class, false);
    RateLimiter known = ignoring.limiter("limit");
    Class<?> methods = ignoring.load("Methods");
    assertThat(call(methods, "ofAnUnknownOne")).isEqualTo("went on");
    assertThat(taken(known)).isOne();
    known.tryAcquire(TOKENS - 1);
    assertThatThrownBy(() -> call(methods, "ofAnUnknownOne"))
        .isInstanceOf(RateLimitExceededException.class);
  }
}
