package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing stranded and nothing made up: at one instant a bucket gives what it holds. */
@Timeout(60)
class BucketBurstTest {
  private static final int THREADS = 8;
  private static final int REPETITIONS = 60;

  private final FakeTicker ticker = new FakeTicker();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 100, 10_000})
  void aFreshBucketGivesItsCapacityToOneThread(long capacity) {
    LeasedBucket bucket = bucket(RateLimitConfig.of(80, Duration.ofMinutes(1)), capacity);
    assertThat(takeAll(bucket, 1)).isEqualTo(capacity);
  }

  @Test
  void aFreshBucketGivesItsCapacityAsOneWeight() {
    LeasedBucket bucket = bucket(RateLimitConfig.of(80, Duration.ofMinutes(1)), 100);
    assertThat(bucket.take(100, 0)).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(~750_000_000L);
  }

  @Test
  void afterIdlingItIsFullAgainAndNoFuller() {
    LeasedBucket bucket = bucket(RateLimitConfig.of(10, Duration.ofSeconds(1)), 15);
    for (long idle :
        new long[] {1_500_000_000L, 1_500_000_001L, 3_600L * 1_000_000_000L, 1L << 61}) {
      takeAll(bucket, 1);
      ticker.advance(idle);
      assertThat(bucket.available()).as("available after %d", idle).isEqualTo(15);
      assertThat(takeAll(bucket, 1)).as("granted after %d", idle).isEqualTo(15);
    }
  }

  @Test
  void afterIdlingForLessItHasExactlyWhatCameIn() {
    LeasedBucket bucket = bucket(RateLimitConfig.of(10, Duration.ofSeconds(1)), 15);
    takeAll(bucket, 1);
    ticker.advance(799_999_999);
    assertThat(takeAll(bucket, 1)).isEqualTo(7);
    ticker.advance(1);
    assertThat(takeAll(bucket, 1)).isEqualTo(1);
  }

  @Test
  void manyThreadsAtOneInstantGetTheCapacityBetweenThem() throws Exception {
    for (int i = 0; i < REPETITIONS; i++) {
      LeasedBucket bucket = bucket(RateLimitConfig.of(999, Duration.ofSeconds(1)), 5_000);
      assertThat(race(bucket, 1)).as("repetition %d", i).isEqualTo(5_000);
      assertThat(bucket.tally().admitted()).isEqualTo(5_000);
      ticker.advance(Duration.ofHours(1).toNanos());
      assertThat(race(bucket, 1)).as("repetition %d, after idling", i).isEqualTo(5_000);
    }
  }

  @Test
  void manyThreadsThatLeaseGetTheCapacityAndAfterIdlingUpToALeaseEachLess() throws Exception {
    for (int i = 0; i < REPETITIONS; i++) {
      LeasedBucket bucket = bucket(RateLimitConfig.of(1_000_000, Duration.ofSeconds(1)), 50_000);
      assertThat(race(bucket, 1)).as("repetition %d", i).isEqualTo(50_000);
      assertThat(bucket.tally().admitted()).isEqualTo(50_000);
      ticker.advance(Duration.ofHours(1).toNanos());
      assertThat(race(bucket, 1))
          .as("repetition %d, after idling", i)
          .isBetween(50_000L - 50_000 / 4, 50_000L);
    }
  }

  @Test
  void manyThreadsWithWeightsLeaveLessThanTheirLightestWeight() throws Exception {
    for (int i = 0; i < REPETITIONS; i++) {
      LeasedBucket bucket = bucket(RateLimitConfig.of(1_000, Duration.ofSeconds(1)), 5_000);
      assertThat(race(bucket, 7)).as("repetition %d", i).isEqualTo(5_000 / 7 * 7);
      assertThat(bucket.available()).isEqualTo(5_000 % 7);
    }
  }

  private LeasedBucket bucket(RateLimitConfig config, long capacity) {
    return new LeasedBucket(config.withCapacity(capacity), ticker);
  }

  private static long takeAll(LeasedBucket bucket, long weight) {
    long granted = 0;
    while (Outcome.granted(bucket.take(weight, 0))) {
      granted += weight;
    }
    return granted;
  }

  private static long race(LeasedBucket bucket, long weight) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(
          BackgroundCall.start(
              () -> {
                start.await();
                return takeAll(bucket, weight);
              }));
    }
    long granted = 0;
    for (BackgroundCall<Long> call : calls) {
      granted += call.result();
    }
    return granted;
  }
}
