package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.params.provider.EnumSource;
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

  private static final int CAPACITY = 400;

  private record Call(long begin, long end) {}

  private interface Demand {
    /** The calls that were granted. */
    List<Call> until(long deadline);
  }

  /** Where the threads are made. */
  private enum Threads {
    PLATFORM,
    VIRTUAL;

    ExecutorService executor() throws ReflectiveOperationException {
      if (this == PLATFORM) {
        return Executors.newCachedThreadPool();
      }
      Method factory;
      try {
        factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
      } catch (NoSuchMethodException e) {
        return Assumptions.abort("no virtual threads on JDK " + Runtime.version().feature());
      }
      return (ExecutorService) factory.invoke(null);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void noWindowHasMoreThanItsBound(int threads) throws Exception {
    LeasedBucket bucket = bucket(CAPACITY);
    checkWindows(allTheTime(Threads.PLATFORM, threads, until -> takeUntil(bucket, until)));
  }

  /** The permits of those who wait count as of their moments, which lie in the calls as well. */
  @Test
  void noWindowHasMoreThanItsBoundOnTenThousandVirtualThreads() throws Exception {
    LeasedBucket bucket = bucket(CAPACITY);
    List<Call> calls = allTheTime(Threads.VIRTUAL, 10_000, until -> waitUntil(bucket, until));
    checkWindows(calls);
    TokenBucket.Tally tally = bucket.tally();
    assertThat(tally.admitted()).isEqualTo(calls.size());
    assertThat(tally.waiting()).isZero();
  }

  /** Emptied first, a bucket of a minute's worth is never full, so that nothing may be lost. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void ofWhatCameInNothingIsLost(int threads) throws Exception {
    LeasedBucket bucket = bucket(60 * RATE);
    checkNothingIsLost(bucket, Threads.PLATFORM, threads, until -> takeUntil(bucket, until));
  }

  @Test
  void ofWhatCameInNothingIsLostOnTenThousandVirtualThreads() throws Exception {
    LeasedBucket bucket = bucket(60 * RATE);
    checkNothingIsLost(bucket, Threads.VIRTUAL, 10_000, until -> waitUntil(bucket, until));
  }

  /**
   * The bucket brings a token in a time in which any thread gets to run. None may be served before
   * its moment either, however slow the machine: whoever overtakes would be.
   */
  @ParameterizedTest
  @EnumSource
  void waitersReturnInTheOrderOfTheirArrival(Threads threads) throws Exception {
    int waiters = 5;
    long spacing = Duration.ofMillis(200).toNanos();
    LeasedBucket bucket =
        new LeasedBucket(RateLimitConfig.of(1, Duration.ofNanos(spacing)), Ticker.system());
    ExecutorService executor = threads.executor();
    try {
      long emptied = System.nanoTime();
      assertThat(bucket.take(1, 0)).isZero();
      List<Integer> returned = Collections.synchronizedList(new ArrayList<>());
      List<Future<Long>> moments = new ArrayList<>();
      for (int i = 1; i <= waiters; i++) {
        int waiter = i;
        moments.add(
            executor.submit(
                () -> {
                  assertThat(bucket.take(1, Duration.ofMinutes(1).toNanos())).isNotNegative();
                  returned.add(waiter);
                  return System.nanoTime() - emptied;
                }));
        awaitCalls(bucket, 1 + waiter);
      }
      for (int i = 1; i <= waiters; i++) {
        assertThat(moments.get(i - 1).get()).as("waiter %d", i).isGreaterThanOrEqualTo(i * spacing);
      }
      assertThat(returned).containsExactly(1, 2, 3, 4, 5);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Until so many calls are queued, or were and are served. */
  private static void awaitCalls(LeasedBucket bucket, int count) throws InterruptedException {
    TokenBucket.Tally tally = bucket.tally();
    while (tally.waiting() + tally.admitted() < count) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the test's time is up");
      }
      Thread.yield();
      tally = bucket.tally();
    }
  }

  private static void checkWindows(List<Call> calls) {
    assertThat(calls.size()).isGreaterThan(CAPACITY);
    calls.sort(Comparator.comparingLong(Call::end));
    long[] begins = calls.stream().mapToLong(Call::begin).sorted().toArray();
    // From each of some hundred beginnings to every end.
    for (int from = 0; from < begins.length; from += Math.max(1, begins.length / 300)) {
      long begin = begins[from];
      long inside = 0;
      for (Call call : calls) {
        if (call.begin - begin >= 0) {
          inside++;
          double allowed = CAPACITY + cameIn(call.end - begin);
          if (inside > allowed) {
            assertThat((double) inside)
                .as("calls in %d ns", call.end - begin)
                .isLessThanOrEqualTo(allowed);
          }
        }
      }
    }
  }

  private static void checkNothingIsLost(
      LeasedBucket bucket, Threads threads, int count, Demand demand) throws Exception {
    assertThat(bucket.take(60 * RATE, 0)).isZero();
    // The very first call may be slow, and tokens come meanwhile.
    takeUntil(bucket, System.nanoTime());
    long emptied = System.nanoTime();
    long granted = allTheTime(threads, count, demand).size();
    // And what the threads left when they stopped, up to the moment when nothing is left.
    long over = System.nanoTime();
    while (Outcome.granted(bucket.take(1, 0))) {
      granted++;
      over = System.nanoTime();
    }
    assertThat((double) granted).isGreaterThanOrEqualTo(0.999 * cameIn(over - emptied));
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

  private static List<Call> waitUntil(LeasedBucket bucket, long deadline) {
    List<Call> granted = new ArrayList<>();
    long begin;
    do {
      begin = System.nanoTime();
      assertThat(bucket.take(1, Duration.ofMinutes(1).toNanos())).isNotNegative();
      granted.add(new Call(begin, System.nanoTime()));
    } while (begin - deadline < 0);
    return granted;
  }

  private static List<Call> allTheTime(Threads threads, int count, Demand demand) throws Exception {
    CountDownLatch start = new CountDownLatch(count);
    List<Callable<List<Call>>> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bodies.add(
          () -> {
            start.countDown();
            start.await();
            return demand.until(System.nanoTime() + RUN_NANOS);
          });
    }
    List<Call> calls = new ArrayList<>();
    run(threads.executor(), bodies).forEach(calls::addAll);
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
