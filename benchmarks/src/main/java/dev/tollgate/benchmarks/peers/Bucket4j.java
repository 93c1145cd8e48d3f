package dev.tollgate.benchmarks.peers;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.function.BooleanSupplier;

final class Bucket4j {
  private Bucket4j() {}

  static BooleanSupplier limiter(Demand demand, boolean nanos) {
    if (demand instanceof Demand.Granted) {
      return asking(of(1_000_000_000, Duration.ofSeconds(1), nanos));
    }
    if (demand instanceof Demand.AboveRate above) {
      return Drain.drained(asking(of(above.perSecond(), Duration.ofSeconds(1), nanos)));
    }
    return Drain.drained(asking(of(1, Duration.ofDays(1), nanos)));
  }

  private static BooleanSupplier asking(Bucket bucket) {
    return () -> bucket.tryConsume(1);
  }

  /** {@code nanos}: with the nanosecond clock, else with its default, wall-clock milliseconds. */
  static Bucket of(long permits, Duration period, boolean nanos) {
    LocalBucketBuilder builder =
        Bucket.builder()
            .addLimit(Bandwidth.builder().capacity(permits).refillGreedy(permits, period).build());
    return nanos ? builder.withNanosecondPrecision().build() : builder.build();
  }
}
