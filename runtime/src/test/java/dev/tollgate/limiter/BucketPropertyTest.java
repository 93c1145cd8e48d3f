package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any schedule on one thread, of calls that wait and calls that don't. */
class BucketPropertyTest {

  /** Every verdict, promise, wait and counter, to the digit. */
  @Property
  void everyAnswerIsThatOfTheExactBucket(
      @ForAll("exact") BucketKind kind,
      @ForAll("configs") RateLimitConfig any,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Step> schedule) {
    ExactSchedule checked = new ExactSchedule(kind, kind.fitting(any), begin);
    schedule.forEach(checked::step);
  }

  @Property
  void noWindowHasMoreThanItsBound(
      @ForAll BucketKind kind,
      @ForAll("configs") RateLimitConfig any,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Step> schedule) {
    RateLimitConfig config = kind.fitting(any);
    DrivenBucket bucket = new DrivenBucket(kind, config, begin);
    GrantLog grants = new GrantLog();
    for (Step step : schedule) {
      DrivenBucket.Call call = bucket.step(step);
      if (Outcome.granted(call.outcome())) {
        grants.add(call.at().add(BigInteger.valueOf(call.outcome())), call.weight());
      }
    }
    grants.checkEveryWindow(config, "schedule");
  }

  @Property
  void countersNeverFallAndTellEveryCall(
      @ForAll BucketKind kind,
      @ForAll("configs") RateLimitConfig any,
      @ForAll("clocks") long begin,
      @ForAll("schedules") List<Step> schedule) {
    DrivenBucket bucket = new DrivenBucket(kind, kind.fitting(any), begin);
    TokenBucket.Tally before = bucket.tally();
    for (Step step : schedule) {
      DrivenBucket.Call call = bucket.step(step);
      TokenBucket.Tally now = bucket.tally();
      long admitted = call.weight() > 0 && Outcome.granted(call.outcome()) ? 1 : 0;
      long rejected = Outcome.granted(call.outcome()) ? 0 : 1;
      assertThat(now.admitted() - before.admitted()).as("admitted").isEqualTo(admitted);
      assertThat(now.rejected() - before.rejected()).as("rejected").isEqualTo(rejected);
      assertThat(now.maxWaitNanos())
          .as("longest wait")
          .isEqualTo(Math.max(before.maxWaitNanos(), call.outcome()));
      before = now;
    }
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
  Arbitrary<Long> clocks() {
    return Values.clocks();
  }

  @Provide
  Arbitrary<List<Step>> schedules() {
    return Step.steps().list().ofMaxSize(60);
  }

  private static final class ExactSchedule {
    private final BucketKind kind;
    private final DrivenBucket bucket;
    private final ExactBucket exact;
    private long admitted;
    private long rejected;
    private long longest;
    private BigInteger waited = BigInteger.ZERO;

    ExactSchedule(BucketKind kind, RateLimitConfig config, long begin) {
      this.kind = kind;
      bucket = new DrivenBucket(kind, config, begin);
      exact = new ExactBucket(config);
    }

    void step(Step step) {
      DrivenBucket.Call call = bucket.step(step);
      exact.advance(call.at().subtract(exact.now()).longValueExact());
      check(call);
      exact.advance(bucket.now().subtract(exact.now()).longValueExact());
      equal("available", bucket.available(), exact.available());
      equal("full in", bucket.untilFull(), exact.waitFor(bucket.capacity()));
      long average =
          admitted == 0 ? 0 : waited.divide(BigInteger.valueOf(admitted)).longValueExact();
      TokenBucket.Tally tally = new TokenBucket.Tally(admitted, rejected, average, longest, 0);
      if (!bucket.tally().equals(tally)) {
        assertThat(bucket.tally()).isEqualTo(tally);
      }
    }

    private void check(DrivenBucket.Call call) {
      long weight = call.weight();
      if (weight == 0) {
        equal("outcome of weight 0", call.outcome(), 0);
      } else if (!exact.couldEverGrant(weight)) {
        equal("retry after, above the capacity", call.retryAfter(), Outcome.NEVER);
        equal("outcome above the capacity", call.outcome(), Outcome.NEVER);
        rejected++;
      } else {
        long wait = exact.waitFor(weight);
        equal("retry after", call.retryAfter(), wait);
        if (wait <= call.patience()) {
          equal("wait", call.outcome(), wait);
          exact.spend(weight);
          admitted++;
          longest = Math.max(longest, wait);
          waited = waited.add(BigInteger.valueOf(wait));
        } else {
          rejected++;
          checkRefusal(weight, wait, call.outcome());
        }
      }
    }

    private void checkRefusal(long weight, long wait, long outcome) {
      long promised = Outcome.retryAfterNanos(outcome);
      if (promised != wait) {
        // Without the lock: until one token is there, and then the others, both rounded up.
        equal("promise", promised, Math.min(wait + 1, Outcome.MAX_NANOS));
        assertThat(kind == BucketKind.OF_A_KEY || weight != 1)
            .as("only weights above 1 get a late promise")
            .isTrue();
        assertThat(exact.available()).as("only an empty bucket gives a late promise").isZero();
      }
    }

    /** An assertion's description is dear where millions hold. */
    private static void equal(String value, long actual, long expected) {
      if (actual != expected) {
        assertThat(actual).as(value).isEqualTo(expected);
      }
    }
  }
}
