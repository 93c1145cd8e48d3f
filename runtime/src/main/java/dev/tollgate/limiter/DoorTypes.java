package dev.tollgate.limiter;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Records of this package as JDK types, and back. */
final class DoorTypes {
  private DoorTypes() {}

  static Map<String, Object> of(RateLimitConfig config) {
    Map<String, Object> values = new HashMap<>();
    values.put("permits", config.permits());
    values.put("period", config.period());
    values.put("burst", config.burst());
    config.explicitCapacity().ifPresent(capacity -> values.put("capacity", capacity));
    values.put("timeout", config.timeout());
    values.put("mode", config.mode().name());
    values.put("maxWaiting", config.maxWaiting());
    values.put("maxKeys", config.maxKeys());
    values.put("warmUp", config.warmUp());
    return values;
  }

  static RateLimitConfig config(Map<String, Object> values) {
    Long capacity = (Long) values.get("capacity");
    return new RateLimitConfig(
        longValue(values, "permits"),
        (Duration) value(values, "period"),
        longValue(values, "burst"),
        capacity == null ? OptionalLong.empty() : OptionalLong.of(capacity),
        (Duration) value(values, "timeout"),
        LimiterMode.valueOf((String) value(values, "mode")),
        (Integer) value(values, "maxWaiting"),
        (Integer) value(values, "maxKeys"),
        (Duration) value(values, "warmUp"));
  }

  /** Changeable: there is more to a limiter than its bucket. */
  static Map<String, Object> of(Handover handover) {
    Map<String, Object> values = new HashMap<>();
    values.put(
        "level",
        new long[] {
          handover.tokens(), handover.parts(), handover.refilledAt(), handover.onLease()
        });
    WarmUp warmUp = handover.warmUp();
    if (warmUp != null) {
      values.put("warmUp", new long[] {warmUp.begin(), warmUp.nanos()});
    }
    values.put("lastUse", handover.lastUse());
    values.put("admitted", handover.admitted().toArray());
    values.put("rejected", handover.rejected());
    return values;
  }

  static Handover handover(Map<String, Object> values) {
    long[] level = (long[]) value(values, "level");
    long[] warmUp = (long[]) values.get("warmUp");
    return new Handover(
        level[0],
        level[1],
        level[2],
        level[3],
        warmUp == null ? null : new WarmUp(warmUp[0], warmUp[1]),
        longValue(values, "lastUse"),
        WaitTally.of((long[]) value(values, "admitted")),
        longValue(values, "rejected"));
  }

  /** The configuration of the limiter that was handed over. */
  @SuppressWarnings("unchecked") // What stands behind a name of the door is fixed by its protocol.
  static RateLimitConfig handedOver(Map<String, Object> values) {
    return config((Map<String, Object>) value(values, Door.CONFIG));
  }

  /** What that limiter was defined as at first, or null. */
  @SuppressWarnings("unchecked") // As above.
  static @Nullable RateLimitConfig base(Map<String, Object> values) {
    Map<String, Object> base = (Map<String, Object>) values.get(Door.BASE);
    return base == null ? null : config(base);
  }

  static Object[] of(RateLimiterStats stats) {
    return new Object[] {
      stats.totalRequests(),
      stats.admittedRequests(),
      stats.rejectedRequests(),
      stats.rejectionRate(),
      stats.averageWait(),
      stats.maxWait(),
      stats.waiting(),
      stats.inFlight(),
      stats.availablePermits()
    };
  }

  static RateLimiterStats stats(Object[] values) {
    return new RateLimiterStats(
        (Long) values[0],
        (Long) values[1],
        (Long) values[2],
        (Double) values[3],
        (Duration) values[4],
        (Duration) values[5],
        (Long) values[6],
        (Long) values[7],
        (Long) values[8]);
  }

  private static long longValue(Map<String, Object> values, String name) {
    return (Long) value(values, name);
  }

  private static Object value(Map<String, Object> values, String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a limiter without " + name);
    }
    return value;
  }
}
