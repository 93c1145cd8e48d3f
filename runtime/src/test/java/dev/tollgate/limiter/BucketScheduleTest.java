package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random schedules against {@link ExactBucket}: every verdict and every promise, to the digit. */
class BucketScheduleTest {
  private static final int SCHEDULES = 2_500;
  private static final int STEPS = 80;
  private static final long LONGEST_IDLE = (1L << 62) - 1;
  private static final long LONGEST_WAIT = 1L << 61;

  @ParameterizedTest
  @EnumSource
  void refusalsWithoutWaitingAreExact(Kind kind) {
    for (int seed = 0; seed < SCHEDULES; seed++) {
      new Schedule(kind, seed, 0).withoutWaits().run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsAreExact(Kind kind) {
    for (int seed = 0; seed < SCHEDULES; seed++) {
      new Schedule(kind, seed, 0).run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatWrapsChangesNothing(Kind kind) {
    for (int seed = 0; seed < SCHEDULES / 4; seed++) {
      new Schedule(kind, seed, Long.MAX_VALUE - new Numbers(seed).between(0, LONGEST_IDLE)).run();
      new Schedule(kind, seed, Long.MIN_VALUE).run();
      new Schedule(kind, seed, Long.MAX_VALUE).withoutWaits().run();
    }
  }

  /** Buckets whose answers are exact. */
  private enum Kind {
    THAT_DOES_NOT_LEASE {
      @Override
      TokenBucket bucket(RateLimitConfig config, Ticker ticker) {
        return new LeasedBucket(config, ticker, 0);
      }

      @Override
      RateLimitConfig fitting(RateLimitConfig config) {
        return config;
      }
    },
    OF_A_KEY {
      @Override
      TokenBucket bucket(RateLimitConfig config, Ticker ticker) {
        return new BucketOfAKey(config, ticker);
      }

      @Override
      RateLimitConfig fitting(RateLimitConfig config) {
        return KeyBucket.canHold(Limits.of(config)) ? config : config.withCapacity(17);
      }
    };

    abstract TokenBucket bucket(RateLimitConfig config, Ticker ticker);

    abstract RateLimitConfig fitting(RateLimitConfig config);
  }

  private static final class Schedule {
    private final Kind kind;
    private final String what;
    private final Numbers numbers;
    private final RateLimitConfig config;
    private final LeapingTicker ticker;
    private final TokenBucket bucket;
    private final ExactBucket exact;
    private final GrantLog grants = new GrantLog();
    private boolean waits = true;
    private long sinceGrant;
    private long lastNanos;
    private long admitted;
    private long rejected;

    Schedule(Kind kind, long seed, long begin) {
      this.kind = kind;
      numbers = new Numbers(seed);
      config = kind.fitting(numbers.config());
      what = kind + ", seed " + seed + " from " + begin + ", " + config;
      ticker = new LeapingTicker(begin);
      bucket = kind.bucket(config, ticker);
      exact = new ExactBucket(config);
    }

    Schedule withoutWaits() {
      waits = false;
      return this;
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        advance(idle());
        request();
        equal("available", bucket.available(), exact.available());
      }
      TokenBucket.Tally tally = bucket.tally();
      equal("admitted", tally.admitted(), admitted);
      equal("rejected", tally.rejected(), rejected);
      equal("waiting", tally.waiting(), 0);
      grants.checkEveryWindow(config, what);
    }

    private void request() {
      long weight = weight();
      boolean possible = exact.couldEverGrant(weight);
      long wait = exact.waitFor(weight);
      equal("retry after", bucket.retryAfterNanos(weight), possible ? wait : Outcome.NEVER);
      long maxWait = waits ? maxWait(wait) : 0;
      boolean oneIsThere = exact.available() >= 1;
      long outcome =
          numbers.oneIn(2) ? bucket.charge(weight, maxWait) : take(weight, maxWait, wait);
      if (!possible) {
        rejected++;
        equal("outcome above the capacity", outcome, Outcome.NEVER);
      } else if (wait <= maxWait) {
        admitted++;
        equal("wait for " + weight + " within " + maxWait, outcome, wait);
        exact.spend(weight);
        grants.add(exact.now().add(BigInteger.valueOf(wait)), weight);
        sinceGrant = 0;
        // take() sat the wait out.
        long moved = ticker.nanos() - lastNanos;
        exact.advance(moved);
        lastNanos = ticker.nanos();
      } else {
        rejected++;
        assertThat(outcome).as("%s: refusal of %s within %s", what, weight, maxWait).isNegative();
        long promised = Outcome.retryAfterNanos(outcome);
        if (promised != wait) {
          // Without the lock: until one token is there, and then the others, both rounded up.
          assertThat(promised)
              .as("%s: promise for %s, %s", what, weight, oneIsThere)
              .isEqualTo(Math.min(wait + 1, Outcome.MAX_NANOS));
          assertThat(kind == Kind.OF_A_KEY || weight != 1)
              .as("%s: only weights above 1 get a late promise", what)
              .isTrue();
          assertThat(oneIsThere).as("%s: only an empty bucket gives a late one", what).isFalse();
        }
        if (promised < LONGEST_IDLE - sinceGrant && numbers.oneIn(3)) {
          advance(promised);
          equal("keeping the promise for " + weight, bucket.charge(weight, 0), 0);
          admitted++;
          exact.spend(weight);
          grants.add(exact.now(), weight);
          sinceGrant = 0;
        }
      }
    }

    private long take(long weight, long maxWait, long wait) {
      lastNanos = ticker.nanos();
      long outcome = bucket.take(weight, maxWait);
      if (outcome < 0 || wait == 0) {
        equal("time that a call without wait took", ticker.nanos() - lastNanos, 0);
      }
      return outcome;
    }

    private void advance(long nanos) {
      ticker.advance(nanos);
      exact.advance(nanos);
      sinceGrant += nanos;
      lastNanos = ticker.nanos();
    }

    /** The clock's differences hold for 2⁶³ ns; a grant is where the bucket last looked at it. */
    private long idle() {
      long most = LONGEST_IDLE - sinceGrant;
      long toNext = exact.waitFor(exact.available() + 1);
      long idle =
          switch (numbers.below(10)) {
            case 0, 1, 2 -> 0;
            case 3 -> 1;
            case 4 -> toNext;
            case 5 -> toNext - 1;
            case 6 -> numbers.between(0, most);
            case 7 -> numbers.oneIn(10) ? most : 0;
            default -> numbers.between(0, Math.min(most / 4, toNext) * 4);
          };
      return Math.max(0, Math.min(idle, most));
    }

    private long weight() {
      return switch (numbers.below(8)) {
        case 0 -> config.capacity();
        case 1 -> numbers.oneIn(4) ? config.capacity() + 1 : 2;
        case 2, 3 -> numbers.between(1, config.capacity());
        case 4 -> numbers.between(1, Math.max(1, exact.available()));
        case 5 -> Math.min(config.capacity(), exact.available() + 1);
        default -> 1;
      };
    }

    private long maxWait(long wait) {
      long maxWait =
          switch (numbers.below(5)) {
            case 0 -> 0;
            case 1 -> wait;
            case 2 -> wait - 1;
            default -> numbers.between(0, LONGEST_WAIT);
          };
      return Math.max(0, Math.min(maxWait, LONGEST_WAIT));
    }

    /** An assertion's description is dear where millions hold. */
    private void equal(String value, long actual, long expected) {
      if (actual != expected) {
        assertThat(actual).as("%s: %s", what, value).isEqualTo(expected);
      }
    }
  }
}
