package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.Amount.Mark;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Threads that wait and give up, in any order, against {@link ExactQueue}, in which nobody owes: it
 * serves the first when its tokens are there, and forgets who leaves.
 */
class RefundPropertyTest {
  private static final long LONGEST_WAIT = 1L << 61;
  private static final int MOST_EVENTS = 25;
  private static final long LONGEST_IDLE = Values.LONGEST_IDLE / MOST_EVENTS;

  /** Time goes by, and then something happens. */
  sealed interface Event {
    Amount idle();
  }

  record Comes(Amount idle, Amount weight, boolean patient) implements Event {}

  /** The waiter at a place of the queue, counted around. */
  record GivesUp(Amount idle, int place) implements Event {}

  /** Interrupted before it can notice the time that has gone by. */
  record GivesUpMeanwhile(Amount idle, int place) implements Event {}

  @Property
  void whoGivesUpLeavesTheBucketAsIfItHadNeverCome(
      @ForAll("exact") BucketKind kind,
      @ForAll("configs") RateLimitConfig any,
      @ForAll("clocks") long begin,
      @ForAll("told") int told,
      @ForAll("schedules") List<Event> schedule) {
    QueueSchedule checked = new QueueSchedule(kind, kind.fitting(any), begin, told);
    for (Event event : schedule) {
      checked.happens(event);
      checked.look();
    }
    checked.allGiveUp();
  }

  @Provide
  Arbitrary<BucketKind> exact() {
    return BucketKind.exact();
  }

  /** Of which some let only a few wait. */
  @Provide
  Arbitrary<RateLimitConfig> configs() {
    Arbitrary<Integer> mostWaiting =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(Integer.MAX_VALUE)),
            Tuple.of(1, Arbitraries.integers().between(0, 3)));
    return Combinators.combine(Values.configs(), mostWaiting).as(RateLimitConfig::withMaxWaiting);
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
    Arbitrary<Integer> places = Arbitraries.integers().between(0, MOST_EVENTS);
    Arbitrary<Event> comes =
        Combinators.combine(
                idles,
                weights,
                Arbitraries.frequencyOf(
                    Tuple.of(4, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false))))
            .as(Comes::new);
    Arbitrary<Event> givesUp = Combinators.combine(idles, places).as(GivesUp::new);
    Arbitrary<Event> meanwhile = Combinators.combine(idles, places).as(GivesUpMeanwhile::new);
    return Arbitraries.frequencyOf(Tuple.of(4, comes), Tuple.of(2, givesUp), Tuple.of(1, meanwhile))
        .list()
        .ofMaxSize(MOST_EVENTS);
  }

  private static final class QueueSchedule {
    private final RateLimitConfig config;
    private final int told;
    private final FakeTicker ticker;
    private final TokenBucket bucket;
    private final ExactQueue<BackgroundCall<Long>> queue;
    private long admitted;
    private long rejected;

    QueueSchedule(BucketKind kind, RateLimitConfig config, long begin, int told) {
      this.config = config;
      this.told = told;
      ticker = new FakeTicker(begin);
      bucket = kind.bucket(config, ticker, told);
      queue = new ExactQueue<>(config);
    }

    void happens(Event event) {
      long idle = event.idle().in(this::mark, LONGEST_IDLE);
      if (event instanceof GivesUpMeanwhile gone && queue.size() > 0) {
        ExactQueue.Place<BackgroundCall<Long>> place = queue.get(gone.place() % queue.size());
        ticker.advanceAndInterrupt(idle, place.who());
        List<ExactQueue.Place<BackgroundCall<Long>>> served = queue.advance(idle);
        served.forEach(this::checkServed);
        if (!served.contains(place)) {
          checkGone(place);
        }
        return;
      }
      ticker.advance(idle);
      queue.advance(idle).forEach(this::checkServed);
      if (event instanceof Comes comer) {
        comes(comer.weight().in(this::mark, Long.MAX_VALUE), comer.patient() ? LONGEST_WAIT : 0);
      } else if (event instanceof GivesUp gone && queue.size() > 0) {
        giveUp(queue.get(gone.place() % queue.size()));
      }
    }

    private void comes(long weight, long patience) {
      long wait = queue.waitFor(weight);
      BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(weight, patience));
      if (weight == 0) {
        assertThat(call.result()).as("weight 0").isZero();
      } else if (wait == 0) {
        assertThat(call.result()).as("wait of a token that is there").isZero();
        queue.spend(weight);
        admitted++;
      } else if (wait > patience || queue.size() >= config.maxWaiting()) {
        assertThat(call.result()).as("refusal of %d", weight).isNegative();
        rejected++;
      } else {
        queue.add(call, weight);
        ticker.awaitParked(queue.size());
      }
    }

    private void giveUp(ExactQueue.Place<BackgroundCall<Long>> place) {
      place.who().interrupt();
      checkGone(place);
    }

    private void checkGone(ExactQueue.Place<BackgroundCall<Long>> place) {
      assertThat(place.who().result()).as("who gave up").matches(Outcome::isInterrupted);
      rejected++;
      // Those behind it may find their tokens there now.
      queue.remove(place).forEach(this::checkServed);
    }

    private void checkServed(ExactQueue.Place<BackgroundCall<Long>> place) {
      assertThat(place.who().result()).as("wait").isEqualTo(queue.now() - place.arrival());
      admitted++;
    }

    void look() {
      ticker.awaitParked(queue.size());
      long now = ticker.nanos();
      assertThat(ticker.parkedUntil().stream().limit(told).map(moment -> moment - now))
          .as("waits of the first that are left, in their order")
          .isEqualTo(queue.waits().stream().limit(told).toList());
      assertThat(bucket.available()).as("available").isEqualTo(queue.available());
      assertThat(bucket.retryAfterNanos(1)).as("retry after").isEqualTo(queue.waitFor(1));
      TokenBucket.Tally tally = bucket.tally();
      assertThat(tally.waiting()).as("waiting").isEqualTo(queue.size());
      assertThat(tally.admitted()).as("admitted").isEqualTo(admitted);
      assertThat(tally.rejected()).as("rejected").isEqualTo(rejected);
    }

    /** The last first. */
    void allGiveUp() {
      while (queue.size() > 0) {
        giveUp(queue.get(queue.size() - 1));
      }
      look();
    }

    private long mark(Mark mark) {
      return queue.mark(mark, config.capacity());
    }
  }
}
