package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.RateLimited;
import dev.tollgate.UnknownLimiterException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One limiter of a name, from both sides of the door. */
@Timeout(60)
class DoorTest {
  private final FakeTicker ticker = new FakeTicker();
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final Map<String, Object> door = Door.to(registry);
  private final RateLimitConfig hourly =
      RateLimitConfig.of(4, Duration.ofHours(1)).withTimeout(Duration.ofMinutes(20));

  @Test
  void cannotBeChanged() {
    assertThatThrownBy(() -> door.put("find", "another"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void bothSidesTakeFromTheSameBucket() {
    RateLimiter inside = registry.register("billing", hourly);
    RateLimiter outside = new DoorClient(door).get("billing");
    assertThat(inside.tryAcquire(3)).isTrue();
    assertThat(outside.availablePermits()).isOne();
    assertThat(outside.tryAcquire(2)).isFalse();
    assertThat(outside.tryAcquire()).isTrue();
    assertThat(inside.tryAcquire()).isFalse();
    assertThat(outside.stats()).isEqualTo(inside.stats());
    assertThat(outside.config()).isEqualTo(inside.config());
    assertThat(outside.retryAfter(2)).isEqualTo(Duration.ofMinutes(30));
    assertThat(outside.retryAfter(5)).isEqualTo(ChronoUnit.FOREVER.getDuration());
  }

  @Test
  void everyValueOfAConfigurationGoesThrough() {
    RateLimitConfig config =
        hourly
            .withBurst(7)
            .withCapacity(Long.MAX_VALUE / 10)
            .withMode(LimiterMode.OBSERVE)
            .withMaxWaiting(3);
    RateLimiter outside = new DoorClient(door).register("billing", config);
    assertThat(outside.config()).isEqualTo(config);
    assertThat(registry.get("billing").config()).isEqualTo(config);
    assertThat(new DoorClient(door).register("other", hourly).config()).isEqualTo(hourly);
  }

  @Test
  void waitingAndInterruptsWorkFromOutside() {
    RateLimiter outside = new DoorClient(door).register("billing", hourly);
    outside.tryAcquire(4);
    BackgroundCall<Boolean> served =
        BackgroundCall.start(
            () -> {
              outside.acquire();
              return true;
            });
    ticker.awaitParked(1);
    assertThat(registry.get("billing").stats().waiting()).isOne();
    assertThatThrownBy(() -> outside.acquire())
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessageContaining("'billing'")
        .hasMessageContaining("retry after 30m");
    BackgroundCall<Boolean> quits =
        BackgroundCall.start(() -> outside.tryAcquire(1, Duration.ofHours(1)));
    ticker.awaitParked(2);
    quits.interrupt();
    assertThat(quits.failure()).isInstanceOf(InterruptedException.class);
    ticker.advance(Duration.ofMinutes(15).toNanos());
    assertThat(served.result()).isTrue();
  }

  @Test
  void aNegativeWeightIsTheSameErrorFromOutside() {
    RateLimiter outside = new DoorClient(door).register("billing", hourly);
    assertThatThrownBy(() -> outside.tryAcquire(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight is -1; it must be 0 or more");
    assertThatThrownBy(() -> outside.retryAfter(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLimiterThatIsDefinedLaterIsFoundThen() {
    DoorClient client = new DoorClient(door);
    assertThatThrownBy(() -> client.get("billing"))
        .isInstanceOf(UnknownLimiterException.class)
        .hasMessage(registry.unknown("billing"));
    registry.register("billing", hourly);
    assertThat(client.get("billing").availablePermits()).isEqualTo(4);
    assertThat(client.get("billing")).isSameAs(client.get("billing"));
    assertThat(client.register("billing", hourly)).isSameAs(client.get("billing"));
  }

  @Test
  void definitionsThatConflictAreTheSameErrorFromOutside() {
    registry.register("billing", hourly);
    DoorClient client = new DoorClient(door);
    assertThatThrownBy(() -> client.register("billing", hourly.withBurst(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'billing'");
    assertThatThrownBy(() -> client.register("no name", hourly))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'no name'");
  }

  @Test
  void theCountersOfAllAreThere() {
    registry.get("mcp_tools").tryAcquire();
    assertThat(new DoorClient(door).stats()).isEqualTo(registry.stats());
    assertThatThrownBy(() -> new DoorClient(door).stats().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anotherProtocolIsAnErrorThatSaysWhatToDo() {
    Map<String, Object> newer = new HashMap<>(door);
    newer.put("protocol", 2);
    assertThatThrownBy(() -> new DoorClient(newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the Tollgate agent in this JVM speaks protocol 2, this tollgate-runtime 1: use both"
                + " in the same version");
    assertThatThrownBy(() -> new DoorClient(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("speaks protocol null");
  }

  @Test
  void namesThatANewerAgentAddsDoNoHarm() {
    Map<String, Object> newer = new HashMap<>(door);
    newer.put("something new", new Object());
    assertThat(new DoorClient(newer).get("github_api").availablePermits()).isEqualTo(100);
  }

  @Test
  void aCopyOfTheLibraryInAnotherClassLoaderUsesTheSameLimiters() throws Exception {
    URL[] classes = {
      rootOf(RateLimiter.class), rootOf(RateLimited.class), rootOf(SecondCopy.class)
    };
    // Without a parent: the platform's loader would find this module, where it is a named one.
    try (URLClassLoader loader = new URLClassLoader(classes, null)) {
      @SuppressWarnings("unchecked")
      Function<Map<String, Object>, Map<String, Object>> program =
          (Function<Map<String, Object>, Map<String, Object>>)
              loader.loadClass(SecondCopy.class.getName()).getDeclaredConstructor().newInstance();
      Map<String, Object> seen = program.apply(door);

      RateLimiter billing = registry.get("billing");
      assertThat(seen.remove("class")).isNotEqualTo(RateLimiter.class);
      assertThat(seen.remove("unknown's class"))
          .isNotEqualTo(UnknownLimiterException.class)
          .hasToString("class dev.tollgate.UnknownLimiterException");
      assertThat((String) seen.remove("another definition")).contains("'billing'", "5 for each");
      assertThat(seen)
          .containsEntry("name", "billing")
          .containsEntry("same", true)
          .containsEntry("granted", true)
          .containsEntry("refused", false)
          .containsEntry("available", 4L)
          .containsEntry("retry after", Duration.ofMinutes(12))
          .containsEntry("config", billing.config().toString())
          .containsEntry("in flight", 1L)
          .containsEntry("admitted", 2L)
          .containsEntry("names", registry.names().toString())
          .containsEntry("unknown", registry.unknown("nobody"));
      assertThat(billing.availablePermits()).isEqualTo(3);
      assertThat(billing.stats().admittedRequests()).isEqualTo(2);
      assertThat(billing.stats().rejectedRequests()).isOne();
      assertThat(billing.stats().inFlight()).isZero();
    }
  }

  /** The folder or jar that a class came from; the code source doesn't tell where one patches. */
  static URL rootOf(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = type.getClassLoader().getResource(file);
    if (url.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFileURL();
    }
    String text = url.toString();
    return URI.create(text.substring(0, text.length() - file.length())).toURL();
  }
}
