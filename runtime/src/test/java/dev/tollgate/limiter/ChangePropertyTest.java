package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.Amount.Mark;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Calls that come, wait and are cancelled while limits change, the server asks for pauses and
 * tokens come back, against {@link ExactQueue}.
 */
class ChangePropertyTest {
  private static final int MOST_EVENTS = 25;

  /** All pauses, and then all waits, stay within what differences of the clock hold. */
  private static final long LONGEST_WAIT = Values.LONGEST_IDLE / 4;

  private static final long LONGEST_IDLE = Values.LONGEST_IDLE / 4 / MOST_EVENTS;

  /** Time goes by, and then something happens. */
  sealed interface Event {
    Amount idle();
  }

  record Comes(Amount idle, Amount weight, Amount patience) implements Event {}

  /** The waiter at a place of the queue, counted around. */
  record IsCancelled(Amount idle, int place) implements Event {}

  record Changes(Amount idle, RateLimitConfig config) implements Event {}

  record Pauses(Amount idle, long nanos) implements Event {}

  record ComesBack(Amount idle, Amount weight) implements Event {}

  @Property
  void everyAnswerIsExactAndNobodyIsLost(
      @ForAll("exact") BucketKind kind,
      @ForAll("configs") RateLimitConfig any,
      @ForAll("clocks") long begin,
      @ForAll("told") int told,
      @ForAll("schedules") List<Event> schedule) {
    ChangeSchedule checked = new ChangeSchedule(kind, kind.fitting(any), begin, told);
    for (Event event : schedule) {
      checked.happens(event);
      checked.look();
    }
    checked.allAreCancelled();
  }

  @Provide
  Arbitrary<BucketKind> exact() {
    return BucketKind.exact();
  }

  @Provide
  Arbitrary<RateLimitConfig> configs() {
    return Values.configs();
  }

  @Provide
  Arbitrary<Integer> told() {
    return Values.told();
  }

  @Provide
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<List<Event>> schedules() {
    Arbitrary<Amount> idles = ExactQueue.idles(LONGEST_IDLE);
    Arbitrary<Amount> weights = ExactQueue.weights();
    Arbitrary<Amount> patiences =
        Arbitraries.frequencyOf(
            Tuple.of(1, Amount.upTo(0)),
            Tuple.of(3, Amount.upTo(LONGEST_WAIT)),
            Tuple.of(3, Amount.near(Mark.NEEDED)));
    Arbitrary<Integer> places = Arbitraries.integers().between(0, MOST_EVENTS);
    Arbitrary<Event> comes =
        Combinators.combine(idles, weights, patiences).as(ChangePropertyTest.Comes::new);
    Arbitrary<Event> cancelled = Combinators.combine(idles, places).as(IsCancelled::new);
    Arbitrary<Event> changes = Combinators.combine(idles, configs()).as(Changes::new);
    Arbitrary<Event> pauses =
        Combinators.combine(idles, Values.between(0, LONGEST_WAIT)).as(Pauses::new);
    Arbitrary<Event> comesBack = Combinators.combine(idles, weights).as(ComesBack::new);
    return Arbitraries.frequencyOf(
            Tuple.of(6, comes),
            Tuple.of(2, cancelled),
            Tuple.of(3, changes),
            Tuple.of(1, pauses),
            Tuple.of(1, comesBack))
        .list()
        .ofMaxSize(MOST_EVENTS);
  }

  private static final class ChangeSchedule {
    private final BucketKind kind;
    private final FakeTicker ticker;
    private final LimiterBucket bucket;
    private final ExactQueue<CompletableFuture<Long>> queue;
    private RateLimitConfig config;
    private long admitted;
    private long rejected;

    ChangeSchedule(BucketKind kind, RateLimitConfig config, long begin, int told) {
      this.kind = kind;
      this.config = config;
      ticker = new FakeTicker(begin);
      bucket = kind.bucket(config, ticker, told);
      queue = new ExactQueue<>(config);
    }

    void happens(Event event) {
      long idle = event.idle().in(this::mark, LONGEST_IDLE);
      ticker.advance(idle);
      queue.advance(idle).forEach(this::checkServed);
      if (event instanceof Comes comer) {
        comes(comer);
      } else if (event instanceof IsCancelled gone && queue.size() > 0) {
        cancel(queue.get(gone.place() % queue.size()));
      } else if (event instanceof Changes change) {
        config = kind.fitting(change.config());
        bucket.change(config);
        queue.change(config).forEach(this::checkRefused);
      } else if (event instanceof Pauses pause) {
        bucket.pauseFor(pause.nanos());
        queue.pause(pause.nanos()).forEach(this::checkRefused);
      } else if (event instanceof ComesBack back) {
        long weight = back.weight().in(this::mark, config.capacity());
        Refunds.of(bucket.turnstile(), bucket.level(), weight, ticker);
        queue.refund(weight);
      }
      // Those whose tokens are there now.
      ticker.advance(0);
      queue.advance(0).forEach(this::checkServed);
    }

    private void comes(Comes comer) {
      long weight = comer.weight().in(this::mark, Long.MAX_VALUE);
      long wait = queue.waitFor(weight);
      long patience = comer.patience().in(mark -> wait, LONGEST_WAIT);
      CompletableFuture<Long> later = bucket.takeLater(weight, patience);
      if (weight == 0) {
        assertThat(later).as("weight 0").isCompletedWithValue(0L);
      } else if (wait == 0) {
        assertThat(later).as("of tokens that are there").isCompletedWithValue(0L);
        queue.spend(weight);
        admitted++;
      } else if (wait > patience) {
        assertThat(later).as("refused").isDone();
        assertThat(later.join()).as("refusal of %d", weight).isNegative();
        rejected++;
      } else {
        assertThat(later).as("waits").isNotDone();
        queue.add(later, weight, patience);
      }
    }

    private void cancel(ExactQueue.Place<CompletableFuture<Long>> place) {
      assertThat(place.who().cancel(false)).as("is cancelled").isTrue();
      rejected++;
      queue.remove(place).forEach(this::checkServed);
    }

    private void checkServed(ExactQueue.Place<CompletableFuture<Long>> place) {
      ticker.advance(0);
      assertThat(join(place)).as("wait").isEqualTo(queue.now() - place.arrival());
      admitted++;
    }

    private void checkRefused(ExactQueue.Place<CompletableFuture<Long>> place) {
      assertThat(join(place)).as("refused after all").isNegative();
      rejected++;
    }

    private static long join(ExactQueue.Place<CompletableFuture<Long>> place) {
      return place.who().orTimeout(20, TimeUnit.SECONDS).join();
    }

    void look() {
      assertThat(bucket.available()).as("available").isEqualTo(queue.available());
      assertThat(bucket.retryAfterNanos(1)).as("retry after").isEqualTo(queue.waitFor(1));
      assertThat(ticker.alarms()).as("the first one's alarm").isEqualTo(queue.size() > 0 ? 1 : 0);
      TokenBucket.Tally tally = bucket.tally();
      assertThat(tally.waiting()).as("waiting").isEqualTo(queue.size());
      assertThat(tally.admitted()).as("admitted").isEqualTo(admitted);
      assertThat(tally.rejected()).as("rejected").isEqualTo(rejected);
    }

    /** The last first. */
    void allAreCancelled() {
      while (queue.size() > 0) {
        cancel(queue.get(queue.size() - 1));
      }
      look();
    }

    private long mark(Mark mark) {
      return queue.mark(mark, config.capacity());
    }
  }
}
