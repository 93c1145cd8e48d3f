package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Somebody else completes the future of a permit, which has been granted; the pool is about to
 * deliver it.
 */
public class EndStress {

  @JCStressTest
  @Outcome(id = "1, 0, 3", expect = ACCEPTABLE, desc = "Failed: all three are back.")
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Delivered: they are its own.")
  @State
  public static class FailureAgainstDelivery extends Granted {

    @Actor
    public void deliver() {
      deliveries.remove().run();
    }

    @Actor
    public void fail(III_Result r) {
      r.r1 = permit.completeExceptionally(ON_PURPOSE) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r2 = permit.isCompletedExceptionally() ? 0 : 1;
      r.r3 = (int) turnstile.available(bucket);
    }
  }

  @JCStressTest
  @Outcome(
      id = "1, 1, 0",
      expect = ACCEPTABLE,
      desc = "Its owner goes on, by somebody else's word.")
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Delivered: they are its own.")
  @State
  public static class CompletionAgainstDelivery extends Granted {

    @Actor
    public void deliver() {
      deliveries.remove().run();
    }

    @Actor
    public void complete(III_Result r) {
      r.r1 = permit.complete(null) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r2 = permit.isCompletedExceptionally() ? 0 : 1;
      r.r3 = (int) turnstile.available(bucket);
    }
  }

  /** Two who may give the same tokens back: who cancels, and who comes too late to deliver them. */
  @JCStressTest
  @Outcome(id = "1, 0, 3", expect = ACCEPTABLE, desc = "Ended: all three are back, and no more.")
  @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "The failure came first.")
  @State
  public static class FailureAgainstCancel extends Granted {

    @Actor
    public void fail() {
      permit.completeExceptionally(ON_PURPOSE);
    }

    @Actor
    public void cancel(III_Result r) {
      r.r1 = permit.cancel(false) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      deliveries.remove().run();
      r.r2 = permit.isCompletedExceptionally() ? 0 : 1;
      r.r3 = (int) turnstile.available(bucket);
    }
  }

  /** A limiter of which three tokens have been granted to a future that hasn't been told. */
  public static class Granted {
    static final IllegalStateException ON_PURPOSE = new IllegalStateException("on purpose");

    private static final Limits LIMITS = Limits.of(Buckets.paced(3));
    private static final Map<String, Object> HANDLES = handles();

    final Deque<Runnable> deliveries = new ArrayDeque<>();
    final KeyBucket bucket = new KeyBucket(LIMITS, 0);
    final Turnstile turnstile;
    final CompletableFuture<Void> permit;

    Granted() {
      AlarmClock clock = new AlarmClock();
      turnstile = new Turnstile(LIMITS, clock, deliveries::add);
      turnstile.take(bucket, 3, 0);
      permit = limiter().acquireAsync(3, Duration.ofSeconds(3));
      clock.now = 3 * Buckets.SECOND;
      clock.alarm.complete(null);
    }

    /** Over the one bucket, of which somebody else delivers. */
    private RateLimiter limiter() {
      Map<String, Object> handles = new HashMap<>(HANDLES);
      BiFunction<Long, Long, CompletableFuture<Long>> takeLater =
          (weight, longest) -> turnstile.takeLater(bucket, weight, longest);
      handles.put(Door.TAKE_LATER, takeLater);
      return new CoreRateLimiter(new DoorCore("three", handles));
    }

    @SuppressWarnings("unchecked") // What stands behind a name of the door is fixed.
    private static Map<String, Object> handles() {
      LimiterRegistry registry = new LimiterRegistry(new StandingClock());
      registry.register("three", Buckets.paced(3));
      Function<String, Map<String, Object>> find =
          (Function<String, Map<String, Object>>) Door.to(registry).get(Door.FIND);
      return find.apply("three");
    }
  }
}
