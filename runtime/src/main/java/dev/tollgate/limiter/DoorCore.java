package dev.tollgate.limiter;

import java.util.Map;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** A limiter that lives with the agent. */
@SuppressWarnings("unchecked") // What stands behind a name of the door is fixed by its protocol.
final class DoorCore implements LimiterCore {
  private final String name;
  private final LongBinaryOperator take;
  private final LongSupplier available;
  private final LongUnaryOperator retryAfterNanos;
  private final LongConsumer inFlight;
  private final Supplier<Object[]> stats;
  private final Supplier<Map<String, Object>> config;

  DoorCore(String name, Map<String, Object> handles) {
    this.name = name;
    this.take = (LongBinaryOperator) handle(handles, Door.TAKE);
    this.available = (LongSupplier) handle(handles, Door.AVAILABLE);
    this.retryAfterNanos = (LongUnaryOperator) handle(handles, Door.RETRY_AFTER_NANOS);
    this.inFlight = (LongConsumer) handle(handles, Door.IN_FLIGHT);
    this.stats = (Supplier<Object[]>) handle(handles, Door.STATS);
    this.config = (Supplier<Map<String, Object>>) handle(handles, Door.CONFIG);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long take(long weight, long maxWaitNanos) {
    return take.applyAsLong(weight, maxWaitNanos);
  }

  @Override
  public long takeIfThere(long weight) {
    throw new UnsupportedOperationException();
  }

  @Override
  public java.util.concurrent.CompletableFuture<Long> takeLater(long weight, long maxWaitNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenSource ofKey(@org.jspecify.annotations.Nullable Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reconfigure(RateLimitConfig config) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pauseFor(long nanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long available() {
    return available.getAsLong();
  }

  @Override
  public long retryAfterNanos(long weight) {
    return retryAfterNanos.applyAsLong(weight);
  }

  @Override
  public void inFlight(long change) {
    inFlight.accept(change);
  }

  @Override
  public RateLimiterStats stats() {
    return DoorTypes.stats(stats.get());
  }

  @Override
  public RateLimitConfig config() {
    return DoorTypes.config(config.get());
  }

  private static Object handle(Map<String, Object> handles, String name) {
    return Objects.requireNonNull(handles.get(name), name);
  }
}
