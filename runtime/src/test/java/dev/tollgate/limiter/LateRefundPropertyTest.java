package dev.tollgate.limiter;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Tokens that come back at any time, among calls that take some. */
class LateRefundPropertyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 600 * SECOND;

  /** None of the futures is used in the end, so what is taken besides has the bound to itself. */
  @Property(tries = 5_000)
  void whateverComesBackTheBoundHolds(@ForAll BucketKind kind, @ForAll long seed) {
    Random random = new Random(seed);
    // Of a thousand a second and more tokens are leased.
    long unit = random.nextBoolean() ? SECOND : SECOND / 1_000;
    FakeTicker clock = new FakeTicker(random.nextLong());
    RateLimitConfig config =
        RateLimitConfig.of(1 + random.nextInt(5), Duration.ofNanos((1 + random.nextInt(3)) * unit))
            .withCapacity(1 + random.nextInt(12));
    LimiterBucket bucket = kind.bucket(config, clock);
    List<CompletableFuture<Long>> unused = new ArrayList<>();
    GrantLog used = new GrantLog();
    BigInteger now = BigInteger.ZERO;
    for (int i = 0; i < 60; i++) {
      long weight = random.nextBoolean() ? 1 : 1 + random.nextInt((int) config.capacity());
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          long idle = random.nextInt(4) * unit / (1 + random.nextInt(3));
          clock.advance(idle);
          now = now.add(BigInteger.valueOf(idle));
        }
        case 2 -> unused.add(bucket.takeLater(weight, LONG));
        case 3 -> {
          if (!unused.isEmpty()) {
            undo(unused.remove(random.nextInt(unused.size())));
          }
        }
        default -> {
          if (bucket.takeIfThere(weight) == 0) {
            used.add(now, weight);
          }
        }
      }
    }
    used.checkEveryWindow(config, kind + " " + config);
  }

  /** Whoever comes first, this or the delivery. */
  private static void undo(CompletableFuture<Long> unused) {
    if (!unused.cancel(false)) {
      AllOrNothing.giveBack(unused);
    }
  }
}
