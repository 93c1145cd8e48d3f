package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bucket for each key, forgotten only when that changes nothing. */
@Timeout(60)
class KeyedBucketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimitConfig TWO_A_SECOND = RateLimitConfig.of(2, Duration.ofSeconds(1));

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - SECOND);
  private final KeyedBuckets buckets = new KeyedBuckets(TWO_A_SECOND, 1_000, ticker);

  @Test
  void eachKeyHasItsOwn() {
    assertThat(takeAll("a")).isEqualTo(2);
    assertThat(takeAll("b")).isEqualTo(2);
    assertThat(buckets.take("a", 1, 0)).isEqualTo(Outcome.refused(SECOND / 2));
    assertThat(buckets.take("a", 3, SECOND)).isEqualTo(Outcome.NEVER);
    assertThat(buckets.take("c", 0, 0)).isZero();
    assertThat(buckets.size()).isEqualTo(2);
  }

  @Test
  void whoWaitsForAKeyIsServedAndOthersAreNotHeldUp() {
    takeAll("a");
    BackgroundCall<Long> waiting = BackgroundCall.start(() -> buckets.take("a", 1, SECOND));
    ticker.awaitParked(1);
    assertThat(buckets.take("b", 1, 0)).isZero();
    ticker.advance(SECOND / 2);
    assertThat(waiting.result()).isEqualTo(SECOND / 2);
  }

  @Test
  void keysThatAreFullAgainAreForgottenAsNewOnesCome() {
    for (int i = 0; i < 900; i++) {
      buckets.take("old " + i, 1, 0);
    }
    ticker.advance(SECOND);
    for (int i = 0; i < 900; i++) {
      buckets.take("new " + i, 1, 0);
    }
    assertThat(buckets.size()).isEqualTo(900);
  }

  @Test
  void aKeyThatIsNotFullIsNotForgotten() {
    takeAll("spent");
    for (int i = 0; i < 500; i++) {
      buckets.take("other " + i, 1, 0);
      ticker.advance(1_000);
    }
    assertThat(takeAll("spent")).isZero();
  }

  @Test
  void pastTheMostKeysNewOnesShareOneBucketAndKnownOnesKeepTheirs() {
    KeyedBuckets few = new KeyedBuckets(TWO_A_SECOND, 2, ticker);
    few.take("a", 1, 0);
    few.take("b", 1, 0);
    assertThat(few.take("c", 1, 0)).isZero();
    assertThat(few.take("d", 1, 0)).isZero();
    assertThat(few.take("e", 1, 0)).isEqualTo(Outcome.refused(SECOND / 2));
    assertThat(few.take("a", 1, 0)).isZero();
    assertThat(few.size()).isEqualTo(2);
  }

  @Test
  void aKeyThatTookFromTheSharedBucketDoesNotBeginAgainWithItsOwn() {
    KeyedBuckets few = new KeyedBuckets(TWO_A_SECOND, 1, ticker);
    few.take("a", 1, 0);
    ticker.advance(SECOND / 2 - 1);
    assertThat(few.take("c", 2, 0)).isZero();
    ticker.advance(1);
    // There is room for c now, but its two tokens are gone.
    assertThat(few.take("c", 1, 0)).isEqualTo(Outcome.refused(SECOND / 2 - 1));
    ticker.advance(SECOND);
    assertThat(few.take("c", 2, 0)).isZero();
    assertThat(few.take("b", 1, 0)).isZero();
    assertThat(few.take("c", 1, 0)).isEqualTo(Outcome.refused(SECOND / 2));
  }

  @Test
  void manyThreadsAndKeysThatComeAndGoGetTheirCapacityEach() throws Exception {
    int threads = 4;
    CyclicBarrier start = new CyclicBarrier(threads);
    for (int round = 0; round < 200; round++) {
      List<BackgroundCall<long[]>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            BackgroundCall.start(
                () -> {
                  start.await();
                  long[] granted = new long[20];
                  for (int again = 0; again < 3; again++) {
                    for (int key = 0; key < granted.length; key++) {
                      granted[key] += Outcome.granted(buckets.take(key, 1, 0)) ? 1 : 0;
                    }
                  }
                  return granted;
                }));
      }
      long[] sums = new long[20];
      for (BackgroundCall<long[]> call : calls) {
        long[] granted = call.result();
        for (int key = 0; key < sums.length; key++) {
          sums[key] += granted[key];
        }
      }
      assertThat(sums).as("round %d", round).containsOnly(2);
      ticker.advance(SECOND);
    }
  }

  @Test
  void aBucketThatTakesALifeToFillIsRefused() {
    RateLimitConfig slow = RateLimitConfig.of(1, Duration.ofDays(366)).withCapacity(100);
    assertThatThrownBy(() -> new KeyedBuckets(slow, 10, ticker))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity is 100")
        .hasMessageContaining("73 years");
  }

  private long takeAll(Object key) {
    long granted = 0;
    while (Outcome.granted(buckets.take(key, 1, 0))) {
      granted++;
    }
    return granted;
  }
}
