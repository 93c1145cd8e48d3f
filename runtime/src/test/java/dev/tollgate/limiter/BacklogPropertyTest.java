package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.Amount.Mark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A line that tells only the first few their moments, beside one that tells everybody: nobody can
 * tell them apart, while its limiter warms up and what was granted comes back, too.
 */
class BacklogPropertyTest {
  private static final int MOST_EVENTS = 40;
  private static final long LONGEST_WAIT = Values.LONGEST_IDLE / 4;
  private static final long LONGEST_IDLE = Values.LONGEST_IDLE / 4 / MOST_EVENTS;

  enum Verb {
    COMES,
    IS_CANCELLED,
    COMES_BACK,
    CHANGES,
    PAUSES
  }

  /**
   * Time goes by, and then something happens.
   *
   * @param alarmsAreLate whether it does before anyone notices
   */
  record Event(
      Amount idle, boolean alarmsAreLate, Verb verb, Amount weight, Amount patience, int place) {}

  @Property(tries = 5_000)
  void whoIsNotToldIsServedAsIfItWere(
      @ForAll("exact") BucketKind kind,
      @ForAll("configs") RateLimitConfig any,
      @ForAll("configs") RateLimitConfig other,
      @ForAll("clocks") long begin,
      @ForAll("told") int told,
      @ForAll("schedules") List<Event> schedule) {
    Side few = new Side(kind, kind.fitting(any), begin, told);
    Side all = new Side(kind, kind.fitting(any), begin, Integer.MAX_VALUE);
    boolean isChanged = false;
    for (Event event : schedule) {
      isChanged ^= event.verb() == Verb.CHANGES;
      for (Side side : List.of(few, all)) {
        side.happens(event, kind.fitting(isChanged ? other : any));
      }
      assertThat(few.seen()).as("after %s", event).isEqualTo(all.seen());
    }
    for (int i = 0; i < all.calls.size(); i++) {
      few.cancel(0);
      all.cancel(0);
      assertThat(few.seen()).as("when all are cancelled").isEqualTo(all.seen());
    }
  }

  @Provide
  Arbitrary<BucketKind> exact() {
    return BucketKind.exact();
  }

  /** Often as small as one token, where all who wait round what they owe to nanoseconds. */
  @Provide
  Arbitrary<RateLimitConfig> configs() {
    Arbitrary<Long> warmUps =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0L)),
            Tuple.of(1, Values.between(1, RateLimitConfig.MAX_WARM_UP.toNanos())));
    Arbitrary<Integer> capacities = Arbitraries.integers().between(0, 5);
    return Combinators.combine(Values.configs(), warmUps, capacities)
        .as(
            (config, warmUp, capacity) ->
                (capacity == 0 ? config : config.withCapacity(capacity))
                    .withWarmUp(Duration.ofNanos(warmUp)));
  }

  @Provide
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<Integer> told() {
    return Arbitraries.integers().between(1, 3);
  }

  @Provide
  Arbitrary<List<Event>> schedules() {
    Arbitrary<Amount> idles =
        Arbitraries.frequencyOf(
            Tuple.of(6, Amount.upTo(0)),
            Tuple.of(2, Amount.upTo(LONGEST_IDLE)),
            Tuple.of(3, Amount.near(Mark.PROMISED, Mark.NEXT_TOKEN)));
    Arbitrary<Verb> verbs =
        Arbitraries.frequency(
            Tuple.of(12, Verb.COMES),
            Tuple.of(7, Verb.IS_CANCELLED),
            Tuple.of(2, Verb.COMES_BACK),
            Tuple.of(1, Verb.CHANGES),
            Tuple.of(1, Verb.PAUSES));
    Arbitrary<Amount> weights =
        Arbitraries.frequencyOf(
            Tuple.of(3, Amount.upTo(5)),
            Tuple.of(2, Amount.near(Mark.CAPACITY)),
            Tuple.of(1, Amount.near(Mark.AVAILABLE)));
    Arbitrary<Amount> patiences =
        Arbitraries.frequencyOf(
            Tuple.of(1, Amount.upTo(LONGEST_WAIT)),
            Tuple.of(4, Arbitraries.just(new Amount(Mark.NOTHING, LONGEST_WAIT))),
            Tuple.of(1, Amount.near(Mark.NEEDED)));
    Arbitrary<Integer> places = Arbitraries.integers().between(0, MOST_EVENTS);
    Arbitrary<Boolean> late = Arbitraries.of(true, false);
    return Combinators.combine(idles, late, verbs, weights, patiences, places)
        .as(Event::new)
        .list()
        .ofMaxSize(MOST_EVENTS);
  }

  /** One of the two, in a time of its own. */
  private static final class Side {
    final LimiterBucket bucket;
    final List<CompletableFuture<Long>> calls = new ArrayList<>();
    private final Queue<Runnable> deliveries = new ArrayDeque<>();
    private final FakeTicker ticker;
    private final RateLimitConfig config;
    private final Turnstile turnstile;
    private final Level level;

    Side(BucketKind kind, RateLimitConfig config, long begin, int told) {
      this.config = config;
      ticker = new FakeTicker(begin);
      bucket = kind.bucket(config, ticker, told, deliveries::add);
      turnstile = bucket.turnstile();
      level = bucket.level();
    }

    /** Each is asked the same: to be asked may begin a warm-up. */
    void happens(Event event, RateLimitConfig changed) {
      long idle = event.idle().in(this::mark, LONGEST_IDLE);
      // A call that is cancelled late may count as refused, or as admitted before, and a bucket
      // that somebody waits for late doesn't get cold. A change that comes before a late alarm may
      // leave the line that tells only a few a nanosecond's worth less, as seed
      // -5483059076250062602 shows without the exception here.
      if (event.alarmsAreLate()
          && event.verb() != Verb.IS_CANCELLED
          && event.verb() != Verb.CHANGES
          && !warmsUp(changed)) {
        ticker.advanceSilently(idle);
      } else {
        ticker.advance(idle);
        deliver();
      }
      long weight = event.weight().in(this::mark, Long.MAX_VALUE);
      long patience = event.patience().in(mark -> waitFor(weight), LONGEST_WAIT);
      switch (event.verb()) {
        case COMES -> calls.add(bucket.takeLater(weight, patience));
        case IS_CANCELLED -> cancel(event.place());
        case COMES_BACK -> giveBack(event.place());
        case CHANGES -> bucket.change(changed);
        case PAUSES -> bucket.pauseFor(patience / MOST_EVENTS);
        default -> throw new AssertionError(event.verb());
      }
      ticker.advance(0);
      deliver();
    }

    private boolean warmsUp(RateLimitConfig changed) {
      return !config.warmUp().isZero() || !changed.warmUp().isZero();
    }

    /** One of those who wait. */
    void cancel(int place) {
      List<CompletableFuture<Long>> waiting =
          calls.stream().filter(call -> !call.isDone()).toList();
      if (!waiting.isEmpty()) {
        waiting.get(place % waiting.size()).cancel(false);
      }
    }

    /** One of the last that are there. */
    void giveBack(int place) {
      List<CompletableFuture<Long>> done =
          calls.stream().filter(call -> call.isDone() && !call.isCancelled()).toList();
      if (!done.isEmpty()) {
        AllOrNothing.giveBack(done.get(done.size() - 1 - place % Math.min(3, done.size())));
      }
    }

    void deliver() {
      for (Runnable next = deliveries.poll(); next != null; next = deliveries.poll()) {
        next.run();
      }
    }

    long waitFor(long weight) {
      return Math.max(0, turnstile.retryAfterNanos(level, Math.max(1, weight)));
    }

    long mark(Mark mark) {
      return switch (mark) {
        case CAPACITY -> config.capacity();
        case AVAILABLE -> bucket.available();
        case NEXT_TOKEN -> waitFor(Math.min(config.capacity(), bucket.available() + 1));
        case PROMISED -> ticker.untilAlarm();
        default -> throw new IllegalArgumentException("not marked here: " + mark);
      };
    }

    /** All that anybody can see of it. */
    List<Object> seen() {
      List<Object> seen = new ArrayList<>();
      for (CompletableFuture<Long> call : calls) {
        seen.add(
            call.isCancelled() ? "cancelled" : call.getNow(null) == null ? "waits" : call.join());
      }
      seen.add(bucket.available());
      seen.add(bucket.retryAfterNanos(1));
      seen.add(bucket.retryAfterNanos(config.capacity()));
      seen.add(bucket.tally());
      seen.add(ticker.untilAlarm());
      return seen;
    }
  }
}
