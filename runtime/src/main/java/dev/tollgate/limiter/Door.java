package dev.tollgate.limiter;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's limiters for copies of this library in other class loaders, as functions over JDK
 * types by name: a copy shares no class with the agent but the JDK's. {@link DoorClient} is the
 * other end, and both follow {@link #PROTOCOL_VERSION}: it changes when a name here changes its
 * meaning or goes, not when one comes.
 *
 * <p>The door is one map for the registry; what it answers for a limiter is another.
 */
public final class Door {
  static final int PROTOCOL_VERSION = 1;

  // The registry: Integer, Function<String, Map>, BiFunction<String, Map, Map>,
  // Supplier<Collection<String>>, Function<String, String>.
  static final String PROTOCOL = "protocol";
  static final String FIND = "find";
  static final String REGISTER = "register";
  static final String NAMES = "names";
  static final String UNKNOWN = "unknown";

  /**
   * BiFunction<String, Map, Map>: the limiter goes on with what a copy's had, in the values of
   * {@link LocalCore#handOver}; {@link #BASE} and {@link #NOTE} are with it.
   */
  static final String ADOPT = "adopt";

  // Of a limiter that is handed over: Long, Map, String.
  static final String PAUSED_UNTIL = "pausedUntil";
  static final String BASE = "base";
  static final String BY_PROGRAM = "byProgram";
  static final String NOTE = "note";

  // A limiter: LongBinaryOperator (weight, longest wait) → Outcome, LongSupplier,
  // LongUnaryOperator, LongConsumer, Supplier<Object[]>, Supplier<Map>, LongUnaryOperator,
  // BiFunction<Long, Long, CompletableFuture<Long>>, Consumer<Map>, LongConsumer,
  // Consumer<CompletableFuture<Long>>.
  static final String TAKE = "take";
  static final String AVAILABLE = "available";
  static final String RETRY_AFTER_NANOS = "retryAfterNanos";
  static final String IN_FLIGHT = "inFlight";
  static final String STATS = "stats";
  static final String CONFIG = "config";
  static final String TAKE_IF_THERE = "takeIfThere";
  static final String TAKE_LATER = "takeLater";
  static final String RECONFIGURE = "reconfigure";
  static final String PAUSE_FOR = "pauseFor";

  /**
   * {@link #TAKE}, but that an interruption says when the tokens would have been there. An agent
   * may be older than this name.
   */
  static final String TAKE_WITH_MOMENT = "takeWithMoment";

  /** Runnable: {@link LimiterCore#resume}. An agent may be older than this name. */
  static final String RESUME = "resume";

  /** Gives back what {@link #TAKE_LATER} has granted. An agent may be older than this name. */
  static final String GIVE_BACK = "giveBack";

  private Door() {}

  /**
   * The door of this JVM's agent, or null if there is no agent.
   *
   * @throws IllegalStateException if there is one and it can't be reached
   */
  @SuppressWarnings("unchecked") // The dispatcher's signature.
  public static @Nullable Map<String, Object> find() {
    try {
      Class<?> dispatcher = Class.forName("java.lang.TollgateDispatcher", true, null);
      return (Map<String, Object>) dispatcher.getMethod("door").invoke(null);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (IllegalAccessException | NoSuchMethodException | InvocationTargetException e) {
      throw new IllegalStateException("the Tollgate agent in this JVM can't be reached", e);
    }
  }

  /** The door to {@code registry}; unmodifiable. */
  public static Map<String, Object> to(LimiterRegistry registry) {
    // Anonymous classes, not lambdas: this runs before the program does.
    Function<String, @Nullable Map<String, Object>> find =
        new Function<>() {
          @Override
          public @Nullable Map<String, Object> apply(String name) {
            LimiterCore core = registry.findCore(name);
            return core == null ? null : handles(core);
          }
        };
    BiFunction<String, Map<String, Object>, @Nullable Map<String, Object>> register =
        new BiFunction<>() {
          @Override
          public @Nullable Map<String, Object> apply(String name, Map<String, Object> config) {
            registry.register(name, DoorTypes.config(config));
            return find.apply(name);
          }
        };
    Supplier<Collection<String>> names =
        new Supplier<>() {
          @Override
          public Collection<String> get() {
            return registry.names();
          }
        };
    Function<String, String> unknown =
        new Function<>() {
          @Override
          public String apply(String name) {
            return registry.unknown(name);
          }
        };
    BiFunction<String, Map<String, Object>, Map<String, Object>> adopt =
        new BiFunction<>() {
          @Override
          public Map<String, Object> apply(String name, Map<String, Object> values) {
            String note = registry.adopt(name, values);
            Map<String, Object> handles = handles(Objects.requireNonNull(registry.findCore(name)));
            if (note != null) {
              handles.put(NOTE, note);
            }
            return handles;
          }
        };
    return Map.of(
        PROTOCOL,
        PROTOCOL_VERSION,
        FIND,
        find,
        REGISTER,
        register,
        NAMES,
        names,
        UNKNOWN,
        unknown,
        ADOPT,
        adopt);
  }

  /**
   * Called by an agent that was attached, in each copy of this library: from now on its limiters
   * are the agent's, which go on with what they have.
   *
   * @param door the agent's
   * @return what isn't as it was, in lines for people
   * @throws IllegalStateException if the agent speaks another version of the protocol; then nothing
   *     has changed
   */
  public static String[] follow(Map<String, Object> door) {
    return RateLimiters.follow(door).toArray(new String[0]);
  }

  private static Map<String, Object> handles(LimiterCore core) {
    Map<String, Object> handles = new HashMap<>();
    handles.put(
        TAKE,
        (LongBinaryOperator)
            (weight, maxWaitNanos) -> Outcome.withoutMoment(core.take(weight, maxWaitNanos)));
    handles.put(TAKE_WITH_MOMENT, (LongBinaryOperator) core::take);
    handles.put(AVAILABLE, (LongSupplier) core::available);
    handles.put(RETRY_AFTER_NANOS, (LongUnaryOperator) core::retryAfterNanos);
    handles.put(IN_FLIGHT, (LongConsumer) core::inFlight);
    handles.put(STATS, (Supplier<Object[]>) () -> DoorTypes.of(core.stats()));
    handles.put(CONFIG, (Supplier<Map<String, Object>>) () -> DoorTypes.of(core.config()));
    handles.put(TAKE_IF_THERE, (LongUnaryOperator) core::takeIfThere);
    handles.put(TAKE_LATER, (BiFunction<Long, Long, CompletableFuture<Long>>) core::takeLater);
    handles.put(
        RECONFIGURE,
        (Consumer<Map<String, Object>>) config -> core.reconfigure(DoorTypes.config(config)));
    handles.put(PAUSE_FOR, (LongConsumer) core::pauseFor);
    handles.put(RESUME, (Runnable) core::resume);
    handles.put(GIVE_BACK, (Consumer<CompletableFuture<Long>>) core::giveBack);
    return handles;
  }
}
