package dev.tollgate.limiter;

import dev.tollgate.limiter.Amount.Mark;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * An {@link ExactBucket} and those who wait for it, by definition: the first gets its tokens when
 * all of them are there, and nobody's are taken before.
 */
final class ExactQueue<T> {
  private static final long LONGEST_WAIT = 1L << 61;

  /** Who waits, for how much, since when and how long at most. */
  record Place<T>(T who, long weight, long arrival, long patience) {}

  private final List<Place<T>> places = new ArrayList<>();
  private final ExactBucket bucket;
  private long now;

  ExactQueue(RateLimitConfig config) {
    bucket = new ExactBucket(config);
  }

  /** How long nothing happens: mostly until somebody's tokens come, or not at all. */
  static Arbitrary<Amount> idles(long longest) {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Amount.upTo(0)),
        Tuple.of(2, Amount.upTo(longest)),
        Tuple.of(3, Amount.near(Mark.PROMISED, Mark.NEXT_TOKEN)));
  }

  /** What those want who come. */
  static Arbitrary<Amount> weights() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Amount.upTo(20)),
        Tuple.of(2, Amount.near(Mark.CAPACITY)),
        Tuple.of(1, Amount.near(Mark.AVAILABLE)));
  }

  /** What an {@link Amount} is near to here. */
  long mark(Mark mark, long capacity) {
    return switch (mark) {
      case CAPACITY -> capacity;
      case AVAILABLE -> available();
      // Of the first.
      case PROMISED -> places.isEmpty() ? 0 : waits().get(0);
      case NEXT_TOKEN -> waitFor(Math.min(capacity, available() + 1));
      default -> throw new IllegalArgumentException("not marked here: " + mark);
    };
  }

  /** Nanoseconds since this was made. */
  long now() {
    return now;
  }

  int size() {
    return places.size();
  }

  Place<T> get(int index) {
    return places.get(index);
  }

  void add(T who, long weight) {
    add(who, weight, LONGEST_WAIT);
  }

  void add(T who, long weight, long patience) {
    places.add(new Place<>(who, weight, now, patience));
  }

  /** Returns whom that makes hopeless; the others have what is there at the next look. */
  List<Place<T>> change(RateLimitConfig config) {
    bucket.change(config);
    return hopeless();
  }

  /** Returns whom that makes hopeless. */
  List<Place<T>> pause(long nanos) {
    bucket.pause(nanos);
    return hopeless();
  }

  void refund(long weight) {
    bucket.refund(weight);
  }

  private List<Place<T>> hopeless() {
    List<Place<T>> hopeless = new ArrayList<>();
    ExactBucket behind = bucket.copy();
    for (Place<T> place : places) {
      if (behind.couldEverGrant(place.weight())
          && behind.waitFor(place.weight()) <= place.arrival() + place.patience() - now) {
        behind.spend(place.weight());
      } else {
        hopeless.add(place);
      }
    }
    places.removeAll(hopeless);
    return hopeless;
  }

  /** Takes what is there while nobody waits. */
  void spend(long weight) {
    bucket.spend(weight);
  }

  /** Lets {@code nanos} go by, and returns who was served meanwhile. */
  List<Place<T>> advance(long nanos) {
    List<Place<T>> served = new ArrayList<>();
    long left = nanos;
    while (!places.isEmpty() && bucket.waitFor(places.get(0).weight()) <= left) {
      long wait = bucket.waitFor(places.get(0).weight());
      bucket.advance(wait);
      left -= wait;
      bucket.spend(places.get(0).weight());
      served.add(places.remove(0));
    }
    bucket.advance(left);
    now += nanos;
    return served;
  }

  /** Takes one out who gives up, and returns whose tokens are there without it. */
  List<Place<T>> remove(Place<T> place) {
    places.remove(place);
    return advance(0);
  }

  /** How long each will wait from now. */
  List<Long> waits() {
    List<Long> waits = new ArrayList<>();
    ExactBucket behind = bucket.copy();
    for (Place<T> place : places) {
      waits.add(behind.waitFor(place.weight()));
      behind.spend(place.weight());
    }
    return waits;
  }

  /** How long a newcomer would wait, behind everyone; longer than anyone may for more than all. */
  long waitFor(long weight) {
    if (!bucket.couldEverGrant(weight)) {
      return Outcome.MAX_NANOS;
    }
    return behindAll().waitFor(weight);
  }

  /** What a newcomer could take. */
  long available() {
    return behindAll().available();
  }

  private ExactBucket behindAll() {
    ExactBucket behind = bucket.copy();
    places.forEach(place -> behind.spend(place.weight()));
    return behind;
  }
}
