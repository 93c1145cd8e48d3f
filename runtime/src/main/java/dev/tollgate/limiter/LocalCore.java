package dev.tollgate.limiter;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A limiter that lives here: its bucket, those of its keys, and what is done with the verdict. */
final class LocalCore extends LocalSource implements KeyedCore {
  private final String name;
  private final Ticker ticker;
  private final LeasedBucket bucket;
  private final LongAdder inFlight = new LongAdder();
  private final Object changing = new Object();
  private volatile LimiterSettings settings;

  /** Null until a key is limited. Written under {@code changing}. */
  private volatile @Nullable KeyedBuckets keyed;

  // Under changing.
  private long pausedUntil;
  private boolean hasPaused;

  LocalCore(String name, RateLimitConfig config, Ticker ticker) {
    this.name = name;
    this.ticker = ticker;
    this.bucket = new LeasedBucket(config, ticker);
    this.settings = LimiterSettings.of(config);
  }

  @Override
  public String name() {
    return name;
  }

  /** Where a key's bucket would take more than 73 years to fill, all keys share the limiter's. */
  @Override
  public TokenSource ofKey(@Nullable Object key) {
    KeyedBuckets buckets = keyed;
    if (buckets == null) {
      buckets = keyed();
    }
    return buckets == null ? this : new KeySource(this, buckets, Keys.kept(key));
  }

  @Override
  public long available() {
    LimiterCore heir = settings.heir();
    return heir == null ? bucket.available() : heir.available();
  }

  @Override
  public long retryAfterNanos(long weight) {
    checkWeight(weight);
    LimiterCore heir = settings.heir();
    return heir == null ? bucket.retryAfterNanos(weight) : heir.retryAfterNanos(weight);
  }

  @Override
  public void inFlight(long change) {
    LimiterCore heir = settings.heir();
    if (heir == null) {
      inFlight.add(change);
    } else {
      // And what came too late to be handed over.
      heir.inFlight(change + inFlight.sumThenReset());
    }
  }

  @Override
  public RateLimiterStats stats() {
    LimiterCore heir = settings.heir();
    if (heir != null) {
      return heir.stats();
    }
    TallySum sum = new TallySum();
    bucket.turnstile().addTo(sum, bucket.level());
    KeyedBuckets buckets = keyed;
    if (buckets != null) {
      buckets.addTo(sum);
    }
    TokenBucket.Tally tally = sum.tally();
    long total = tally.admitted() + tally.rejected();
    return new RateLimiterStats(
        total,
        tally.admitted(),
        tally.rejected(),
        total == 0 ? 0 : (double) tally.rejected() / total,
        Duration.ofNanos(tally.averageWaitNanos()),
        Duration.ofNanos(tally.maxWaitNanos()),
        tally.waiting(),
        inFlight.sum(),
        bucket.available());
  }

  @Override
  public RateLimitConfig config() {
    LimiterSettings current = settings;
    LimiterCore heir = current.heir();
    return heir == null ? current.config() : heir.config();
  }

  @Override
  public void reconfigure(RateLimitConfig config) {
    synchronized (changing) {
      LimiterCore heir = settings.heir();
      if (heir != null) {
        heir.reconfigure(config);
        return;
      }
      KeyedBuckets buckets = keyed;
      if (buckets != null) {
        buckets.change(config);
      }
      bucket.change(config);
      settle(config);
    }
  }

  @Override
  public void pauseFor(long nanos) {
    long pause = Math.min(nanos, Waits.LONGEST);
    synchronized (changing) {
      LimiterCore heir = settings.heir();
      if (heir != null) {
        heir.pauseFor(pause);
        return;
      }
      long until = ticker.nanos() + pause;
      if (pause > 0 && (!hasPaused || until - pausedUntil > 0)) {
        pausedUntil = until;
        hasPaused = true;
      }
      bucket.pauseFor(pause);
      KeyedBuckets buckets = keyed;
      if (buckets != null) {
        buckets.pauseFor(pause);
      }
    }
  }

  @Override
  public void resume() {
    synchronized (changing) {
      LimiterCore heir = settings.heir();
      if (heir != null) {
        heir.resume();
        return;
      }
      long now = ticker.nanos();
      if (!hasPaused || pausedUntil - now <= 0) {
        return;
      }
      bucket.resume(pausedUntil);
      KeyedBuckets buckets = keyed;
      if (buckets != null) {
        buckets.resume(pausedUntil);
      }
      // Keys that are limited from now on begin empty as of now, as the others.
      pausedUntil = now;
    }
  }

  /**
   * @throws IllegalArgumentException if {@link #reconfigure} would
   */
  void checkChange(RateLimitConfig config) {
    if (keyed != null) {
      KeyedBuckets.check(config);
    }
  }

  /** Where nothing is to be enforced any more, calls that wait already go at once. */
  void mode(LimiterMode mode) {
    synchronized (changing) {
      LimiterCore heir = settings.heir();
      if (heir != null) {
        heir.reconfigure(heir.config().withMode(mode));
        return;
      }
      settle(settings.config().withMode(mode));
    }
  }

  /** Becomes another limiter if nobody has asked this one for anything yet; says whether it did. */
  boolean redefineIfUntouched(RateLimitConfig config) {
    synchronized (changing) {
      if (keyed != null || !bucket.resetIfUntouched(config)) {
        return false;
      }
      settle(config);
      pauseOn();
      return true;
    }
  }

  /**
   * Hands all that it has over to the limiter that {@code heirs} makes of it, and is that one from
   * then on. If {@code heirs} throws, nothing has changed.
   *
   * @param heirs is given the values by name that {@link #takeOver} takes
   */
  void handOver(Function<Map<String, Object>, LimiterCore> heirs) {
    synchronized (changing) {
      LimiterSettings current = settings;
      if (current.heir() != null) {
        return;
      }
      bucket.handOver(
          handover -> {
            Map<String, Object> values = DoorTypes.of(handover);
            values.put(Door.CONFIG, DoorTypes.of(current.config()));
            if (hasPaused) {
              values.put(Door.PAUSED_UNTIL, pausedUntil);
            }
            long open = inFlight.sumThenReset();
            values.put(Door.IN_FLIGHT, open);
            try {
              LimiterCore heir = heirs.apply(values);
              settings = current.leftTo(heir);
              return heir;
            } catch (RuntimeException | Error e) {
              inFlight.add(open);
              throw e;
            }
          });
    }
  }

  /** Goes on with what {@link #handOver} has given; see {@link LeasedBucket#takeOver}. */
  void takeOver(Map<String, Object> values) {
    synchronized (changing) {
      bucket.takeOver(DoorTypes.handover(values), Limits.of(DoorTypes.handedOver(values)));
      inFlight.add((Long) Objects.requireNonNull(values.get(Door.IN_FLIGHT)));
      Long until = (Long) values.get(Door.PAUSED_UNTIL);
      if (until != null && (!hasPaused || until - pausedUntil > 0)) {
        pausedUntil = until;
        hasPaused = true;
        KeyedBuckets buckets = keyed;
        if (buckets != null) {
          buckets.pauseFor(Math.max(0, until - ticker.nanos()));
        }
      }
      pauseOn();
    }
  }

  /** A bucket that has begun anew, or goes on with another's, isn't paused. Under changing. */
  private void pauseOn() {
    long left = pausedUntil - ticker.nanos();
    if (hasPaused && left > 0) {
      bucket.pauseFor(left);
    }
  }

  /** Under {@code changing}. */
  private void settle(RateLimitConfig config) {
    LimiterSettings changed = LimiterSettings.of(config);
    // First: who comes after those who wait were let go doesn't begin to wait.
    settings = changed;
    bucket.enforce(changed.isEnforced());
    KeyedBuckets buckets = keyed;
    if (buckets != null) {
      buckets.enforce(changed.isEnforced());
    }
  }

  private LimiterCore heir() {
    return Objects.requireNonNull(settings.heir());
  }

  @Override
  LimiterSettings settings() {
    return settings;
  }

  @Override
  Ticker ticker() {
    return ticker;
  }

  @Override
  long enforce(long weight, long maxWaitNanos) {
    long outcome = bucket.take(weight, maxWaitNanos);
    return outcome == Outcome.RETIRED ? heir().take(weight, maxWaitNanos) : outcome;
  }

  @Override
  long enforceIfThere(long weight) {
    long outcome = bucket.takeIfThere(weight);
    return outcome == Outcome.RETIRED ? heir().takeIfThere(weight) : outcome;
  }

  @Override
  CompletableFuture<Long> enforceLater(long weight, long maxWaitNanos) {
    CompletableFuture<Long> outcome = bucket.takeLater(weight, maxWaitNanos);
    boolean isRetired =
        outcome.isDone()
            && !outcome.isCompletedExceptionally()
            && outcome.join() == Outcome.RETIRED;
    return isRetired ? heir().takeLater(weight, maxWaitNanos) : outcome;
  }

  @Override
  void observe(long weight, long maxWaitNanos) {
    if (bucket.charge(weight, maxWaitNanos) == Outcome.RETIRED) {
      heir().take(weight, maxWaitNanos);
    }
  }

  @Override
  void pin() {}

  @Override
  void unpin(boolean retired) {}

  @Override
  Level level() {
    return bucket.level();
  }

  @Override
  Turnstile turnstile() {
    return bucket.turnstile();
  }

  private @Nullable KeyedBuckets keyed() {
    synchronized (changing) {
      KeyedBuckets buckets = keyed;
      RateLimitConfig config = settings.config();
      if (buckets == null && KeyBucket.canHold(Limits.of(config))) {
        buckets = new KeyedBuckets(config, config.maxKeys(), ticker);
        if (hasPaused) {
          buckets.beginAt(pausedUntil);
        }
        keyed = buckets;
      }
      return buckets;
    }
  }
}
