package dev.tollgate.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.UnknownLimiterException;
import dev.tollgate.limiter.Outcome;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Refusals are of the class that the caller's own loader sees. */
class ProgramExceptionsTest {
  private static final long SECOND = ~1_000_000_000L;

  @Test
  void aCallerOfThisLoaderGetsThisLoadersClasses() {
    assertThat(Refusals.of(ProgramExceptionsTest.class, "limit", 1, SECOND))
        .isInstanceOf(RateLimitExceededException.class);
    assertThat(Refusals.unknown(ProgramExceptionsTest.class, "nobody"))
        .isInstanceOf(UnknownLimiterException.class)
        .hasMessage("nobody");
  }

  @Test
  void aCallerWithItsOwnAnnotationsGetsItsOwnClasses() throws Exception {
    URL annotations = rootOf(RateLimitExceededException.class);
    URL tests = rootOf(Caller.class);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {annotations, tests}, null)) {
      Class<?> caller = loader.loadClass(Caller.class.getName());
      RuntimeException refusal = Refusals.of(caller, "limit", 1, SECOND);
      assertThat(refusal.getClass())
          .isNotEqualTo(RateLimitExceededException.class)
          .hasToString("class dev.tollgate.RateLimitExceededException");
      assertThat(refusal).isInstanceOf(RejectedExecutionException.class);
      assertThat(refusal.getClass().getClassLoader()).isSameAs(loader);
      assertThat(refusal.getClass().getMethod("limiter").invoke(refusal)).isEqualTo("limit");
      assertThat(refusal.getClass().getMethod("retryAfter").invoke(refusal))
          .isEqualTo(Duration.ofSeconds(1));
      RuntimeException unknown = Refusals.unknown(caller, "nobody");
      assertThat(unknown.getClass().getClassLoader()).isSameAs(loader);
      assertThat(unknown)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("nobody")
          .hasToString("dev.tollgate.UnknownLimiterException: nobody");
    }
  }

  @Test
  void aCallerWithoutAnnotationsGetsClassesOfTheJdkWithTheSameMessages() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {rootOf(Caller.class)}, null)) {
      Class<?> caller = loader.loadClass(Caller.class.getName());
      RuntimeException refusal = Refusals.of(caller, "limit", 1, SECOND);
      assertThat(refusal.getClass()).isEqualTo(RejectedExecutionException.class);
      assertThat(refusal)
          .hasMessage("Rate limit 'limit' refused the call: retry after 1s")
          .hasNoCause();
      assertThat(Refusals.of(caller, "limit", 9, Outcome.NEVER))
          .hasMessageContaining("its weight, 9, is above the limiter's capacity");
      RuntimeException interrupted = Refusals.of(caller, "limit", 1, Outcome.INTERRUPTED);
      assertThat(interrupted.getClass()).isEqualTo(RejectedExecutionException.class);
      assertThat(interrupted).hasCauseInstanceOf(InterruptedException.class);
      RuntimeException unknown = Refusals.unknown(caller, "nobody");
      assertThat(unknown.getClass()).isEqualTo(IllegalArgumentException.class);
      assertThat(unknown).hasMessage("nobody");
    }
  }

  @Test
  void whereTheMemoryEndsTheCallerGetsThatErrorAndItsOwnClassLater() throws Exception {
    URL annotations = rootOf(RateLimitExceededException.class);
    URL tests = rootOf(Caller.class);
    try (Short loader = new Short(new URL[] {annotations, tests})) {
      Class<?> caller = loader.loadClass(Caller.class.getName());

      assertThatThrownBy(() -> Refusals.of(caller, "limit", 1, SECOND)).isSameAs(loader.end);
      loader.isShort = false;
      assertThat(Refusals.of(caller, "limit", 1, SECOND).getClass().getClassLoader())
          .isSameAs(loader);
    }
  }

  @Test
  void aCallerOfTheBootstrapLoaderGetsClassesOfTheJdk() {
    assertThat(Refusals.of(String.class, "limit", 1, SECOND).getClass())
        .isEqualTo(RejectedExecutionException.class);
  }

  @Test
  void eachRefusalIsAnExceptionOfItsOwn() {
    RuntimeException first = Refusals.of(ProgramExceptionsTest.class, "limit", 1, SECOND);
    RuntimeException second = Refusals.of(ProgramExceptionsTest.class, "limit", 1, SECOND);
    assertThat(first).isNotSameAs(second);
  }

  @Test
  void theTraceBeginsAtTheCaller() {
    assertThat(Refusals.of(ProgramExceptionsTest.class, "limit", 1, SECOND).getStackTrace()[0])
        .extracting(StackTraceElement::getMethodName)
        .isEqualTo("theTraceBeginsAtTheCaller");
    RuntimeException interrupted =
        Refusals.of(ProgramExceptionsTest.class, "limit", 1, Outcome.INTERRUPTED);
    assertThat(interrupted.getCause().getStackTrace()[0].getMethodName())
        .isEqualTo("theTraceBeginsAtTheCaller");
    assertThat(Refusals.of(String.class, "limit", 1, SECOND).getStackTrace())
        .as("of a caller that isn't in it, all of it")
        .isNotEmpty();
  }

  private static URL rootOf(Class<?> type) throws Exception {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toURI()
        .toURL();
  }

  static final class Caller {}

  /** Short of memory, but for the caller itself. */
  private static final class Short extends URLClassLoader {
    private final Error end = new OutOfMemoryError("the program's");
    private boolean isShort = true;

    Short(URL[] urls) {
      super(urls, null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (isShort && !name.equals(Caller.class.getName())) {
        throw end;
      }
      return super.findClass(name);
    }
  }
}
