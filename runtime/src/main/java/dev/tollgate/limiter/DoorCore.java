package dev.tollgate.limiter;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final LongUnaryOperator takeIfThere;
  private final BiFunction<Long, Long, CompletableFuture<Long>> takeLater;
  private final Consumer<Map<String, Object>> reconfigure;
  private final LongConsumer pauseFor;

  /** Null if the agent is older. */
  private final @Nullable Runnable resume;

  /** Null where the agent is older: what nobody uses is lost then. */
  private final @Nullable Consumer<CompletableFuture<Long>> giveBack;

  DoorCore(String name, Map<String, Object> handles) {
    this.name = name;
    Object takeWithMoment = handles.get(Door.TAKE_WITH_MOMENT);
    this.take =
        (LongBinaryOperator) (takeWithMoment == null ? handle(handles, Door.TAKE) : takeWithMoment);
    this.available = (LongSupplier) handle(handles, Door.AVAILABLE);
    this.retryAfterNanos = (LongUnaryOperator) handle(handles, Door.RETRY_AFTER_NANOS);
    this.inFlight = (LongConsumer) handle(handles, Door.IN_FLIGHT);
    this.stats = (Supplier<Object[]>) handle(handles, Door.STATS);
    this.config = (Supplier<Map<String, Object>>) handle(handles, Door.CONFIG);
    this.takeIfThere = (LongUnaryOperator) handle(handles, Door.TAKE_IF_THERE);
    this.takeLater =
        (BiFunction<Long, Long, CompletableFuture<Long>>) handle(handles, Door.TAKE_LATER);
    this.reconfigure = (Consumer<Map<String, Object>>) handle(handles, Door.RECONFIGURE);
    this.pauseFor = (LongConsumer) handle(handles, Door.PAUSE_FOR);
    this.resume = (Runnable) handles.get(Door.RESUME);
    this.giveBack = (Consumer<CompletableFuture<Long>>) handles.get(Door.GIVE_BACK);
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
    return takeIfThere.applyAsLong(weight);
  }

  @Override
  public CompletableFuture<Long> takeLater(long weight, long maxWaitNanos) {
    return takeLater.apply(weight, maxWaitNanos);
  }

  @Override
  public void giveBack(CompletableFuture<Long> taken) {
    if (giveBack != null) {
      giveBack.accept(taken);
    }
  }

  @Override
  public void reconfigure(RateLimitConfig newConfig) {
    reconfigure.accept(DoorTypes.of(newConfig));
  }

  @Override
  public void pauseFor(long nanos) {
    pauseFor.accept(nanos);
  }

  @Override
  public void resume() {
    if (resume == null) {
      throw new UnsupportedOperationException(
          "the Tollgate agent in this JVM is older than this tollgate-runtime and can't end a pause"
              + " of '"
              + name
              + "'");
    }
    resume.run();
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
