package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real threads in real time. Only what holds whatever the machine does meanwhile: a thread that is
 * suspended in the middle of a call makes the call longer, and calls count only for windows in
 * which they lie whole.
 */
@Timeout(120)
class RealTimeTest {
  private static final long RUN_NANOS = Duration.ofMillis(400).toNanos();
  private static final int RATE = 200_000;

  private record Call(long begin, long end) {}

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void noWindowHasMoreThanItsBound(int threads) throws Exception {
    int capacity = 400;
    LeasedBucket bucket = bucket(capacity);
    List<Call> calls = takeAllTheTime(bucket, threads);
    assertThat(calls.size()).isGreaterThan(capacity);
    calls.sort(Comparator.comparingLong(Call::end));
    long[] begins = calls.stream().mapToLong(Call::begin).sorted().toArray();
    // From each of some hundred beginnings to every end.
    for (int from = 0; from < begins.length; from += Math.max(1, begins.length / 300)) {
      long begin = begins[from];
      long inside = 0;
      for (Call call : calls) {
        if (call.begin - begin >= 0) {
          inside++;
          double allowed = capacity + cameIn(call.end - begin);
          if (inside > allowed) {
            assertThat((double) inside)
                .as("calls in %d ns", call.end - begin)
                .isLessThanOrEqualTo(allowed);
          }
        }
      }
    }
  }

  /** Emptied first, a bucket of two seconds' worth is never full, so that nothing may be lost. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void ofWhatCameInNothingIsLost(int threads) throws Exception {
    LeasedBucket bucket = bucket(2 * RATE);
    assertThat(bucket.take(2 * RATE, 0)).isZero();
    long emptied = System.nanoTime();
    List<Call> calls = takeAllTheTime(bucket, threads);
    // What the threads left when they stopped, late as they may have been.
    long over = System.nanoTime();
    long granted = calls.size() + takeUntil(bucket, over).size();
    assertThat((double) granted).isGreaterThanOrEqualTo(0.999 * cameIn(over - emptied));
  }

  @Test
  void tenThousandVirtualThreadsWaitEachItsTurn() throws Exception {
    Method factory;
    try {
      factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    } catch (NoSuchMethodException e) {
      Assumptions.abort("no virtual threads on JDK " + Runtime.version().feature());
      return;
    }
    LeasedBucket bucket = bucket(100);
    List<Callable<List<Call>>> bodies = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      bodies.add(
          () -> {
            long begin = System.nanoTime();
            assertThat(bucket.take(1, Duration.ofMinutes(1).toNanos())).isNotNegative();
            return List.of(new Call(begin, System.nanoTime()));
          });
    }
    List<Call> calls = new ArrayList<>();
    for (List<Call> one : run((ExecutorService) factory.invoke(null), bodies)) {
      calls.addAll(one);
    }
    assertThat(calls).hasSize(10_000);
    TokenBucket.Tally tally = bucket.tally();
    assertThat(tally.admitted()).isEqualTo(10_000);
    assertThat(tally.waiting()).isZero();
    // A permit counts as of its moment, so only from the beginning on, not in every window.
    long first = calls.stream().mapToLong(Call::begin).min().getAsLong();
    calls.sort(Comparator.comparingLong(Call::end));
    for (int i = 0; i < calls.size(); i++) {
      double allowed = 100 + cameIn(calls.get(i).end - first);
      assertThat(i + 1.0).isLessThanOrEqualTo(allowed);
    }
  }

  private static List<Call> takeUntil(LeasedBucket bucket, long deadline) {
    List<Call> granted = new ArrayList<>();
    long begin;
    boolean got;
    do {
      begin = System.nanoTime();
      got = Outcome.granted(bucket.take(1, 0));
      if (got) {
        granted.add(new Call(begin, System.nanoTime()));
      }
    } while (got || begin - deadline < 0);
    return granted;
  }

  private static List<Call> takeAllTheTime(LeasedBucket bucket, int threads) throws Exception {
    CountDownLatch start = new CountDownLatch(threads);
    List<Callable<List<Call>>> bodies = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      bodies.add(
          () -> {
            start.countDown();
            start.await();
            return takeUntil(bucket, System.nanoTime() + RUN_NANOS);
          });
    }
    List<Call> calls = new ArrayList<>();
    run(Executors.newFixedThreadPool(threads), bodies).forEach(calls::addAll);
    return calls;
  }

  private static LeasedBucket bucket(int capacity) {
    return new LeasedBucket(
        RateLimitConfig.of(RATE, Duration.ofSeconds(1)).withCapacity(capacity), Ticker.system());
  }

  private static double cameIn(long nanos) {
    return nanos * (RATE / 1e9);
  }

  private static <T> List<T> run(ExecutorService executor, List<Callable<T>> bodies)
      throws Exception {
    try {
      List<T> results = new ArrayList<>();
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> body : bodies) {
        futures.add(executor.submit(body));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
