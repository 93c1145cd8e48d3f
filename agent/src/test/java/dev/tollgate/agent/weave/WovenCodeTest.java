package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Woven classes at work, against limiters whose tokens are counted. */
class WovenCodeTest {
  private static final long TOKENS = 1_000;

  private final LimiterRegistry registry = new LimiterRegistry(new FrozenTicker());
  private final RateLimiter limit = registry.register("limit", ofTokens());
  private final RateLimiter other = registry.register("other", ofTokens());
  private final ClassFiles.ChangingLoader loader =
      new ClassFiles.ChangingLoader(
          Samples.class.getName(),
          (name, file) ->
              AnnotationScan.mentionsLimit(file)
                  ? ClassFiles.linkableHere(ClassFiles.weave(file))
                  : file);

  @BeforeEach
  void link() {
    AgentReport report = new AgentReport("", "", registry, true);
    TestDispatcher.linker = new Linker(registry, true, report, new Console(true));
  }

  @Test
  void eachKindOfMethodTakesOneAndDoesWhatItDid() throws Exception {
    Object kinds = make("Kinds");
    assertThat(taken()).isZero();
    assertThat(call(kinds, "callPrivateOne")).isEqualTo("private");
    assertThat(taken()).isOne();
    assertThat(call(kinds, "staticOne")).isEqualTo("static");
    assertThat(taken()).isEqualTo(2);
    assertThat(call(kinds, "finalOne")).isEqualTo("final");
    assertThat(taken()).isEqualTo(3);
    assertThat(call(kinds, "wide", 1L, 2.5, (byte) 3, 4, 0.5f)).isEqualTo(11.0);
    assertThat(taken()).isEqualTo(4);
    assertThat(call(make("Implements"), "defaultOne")).isEqualTo("default");
    assertThat(taken()).isEqualTo(5);
    assertThat(callStatic("Defaults", "ofInterface")).isEqualTo("static of interface");
    assertThat(taken()).isEqualTo(6);
  }

  @Test
  void eachExecutionTakesAlsoRecursiveOnes() throws Exception {
    assertThat(call(make("Kinds"), "recursive", 4)).isEqualTo(4);
    assertThat(taken()).isEqualTo(5);
  }

  @Test
  void aMethodThatBeginsWithALoopTakesOnce() throws Exception {
    call(make("Kinds"), "loop", (Object) new int[] {100});
    assertThat(taken()).isOne();
  }

  @Test
  void eachAnnotatedConstructorTakesOnce() throws Exception {
    make("Kinds", 1);
    assertThat(taken()).isOne();
    make("Kinds", "text");
    assertThat(taken()).isEqualTo(3);
  }

  @Test
  void aGenericMethodTakesOnceThroughItsBridge() throws Exception {
    @SuppressWarnings("unchecked")
    Supplier<String> generic = (Supplier<String>) make("Generic");
    assertThat(generic.get()).isEqualTo("generic");
    assertThat(taken()).isOne();
  }

  @Test
  void recordsAndEnumsTake() throws Exception {
    Object point = make("Point", 3, 4);
    assertThat(taken()).isOne();
    assertThat(call(point, "sum")).isEqualTo(7);
    assertThat(taken()).isEqualTo(2);
    Object earth = load("Planet").getEnumConstants()[0];
    assertThat(call(earth, "number")).isEqualTo(3);
    assertThat(call(earth, "greet")).isEqualTo("hello");
    assertThat(taken()).isEqualTo(4);
  }

  @Test
  void weightsAreTakenAndSeveralLimitsOneByOne() throws Exception {
    Object kinds = make("Kinds");
    call(kinds, "heavy");
    assertThat(taken()).isEqualTo(3);
    call(kinds, "free");
    assertThat(taken()).isEqualTo(3);
    call(kinds, "twice");
    assertThat(taken()).isEqualTo(4);
    assertThat(TOKENS - other.availablePermits()).isEqualTo(5);
  }

  @Test
  void theBodysOwnExceptionPasses() throws Exception {
    Object kinds = make("Kinds");
    assertThatThrownBy(() -> call(kinds, "fails"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("its own");
    assertThat(taken()).isOne();
  }

  @Test
  void aRefusedBodyDoesNotRunAndTheTraceBeginsAtTheMethod() throws Exception {
    Object kinds = make("Kinds");
    limit.tryAcquire(TOKENS);
    int[] left = {100};
    assertThatThrownBy(() -> call(kinds, "loop", (Object) left))
        .isInstanceOf(RateLimitExceededException.class)
        .satisfies(
            refused -> {
              StackTraceElement first = refused.getStackTrace()[0];
              assertThat(first.getClassName()).isEqualTo(Samples.class.getName() + "$Kinds");
              assertThat(first.getMethodName()).isEqualTo("loop");
              assertThat(first.getLineNumber()).isPositive();
            });
    assertThat(left[0]).isEqualTo(100);
  }

  @Test
  void oneEntryIntoATypeTakesOnceHoweverItGoesOnInside() throws Exception {
    Object type = make("Type");
    assertThat(taken()).as("constructors of a type aren't covered").isZero();
    assertThat(call(type, "plain")).isEqualTo(1);
    assertThat(taken()).isOne();
    assertThat(call(type, "callsPlain")).isEqualTo(12);
    assertThat(taken()).isEqualTo(2);
    assertThat(call(type, "staticOne", type)).isEqualTo(12);
    assertThat(taken()).isEqualTo(3);
    assertThat(call(type, "recursive", 50)).isEqualTo(50);
    assertThat(taken()).isEqualTo(4);
  }

  @Test
  void anEntryEndsWithAnExceptionToo() throws Exception {
    Object type = make("Type");
    for (int i = 1; i <= 3; i++) {
      assertThatThrownBy(() -> call(type, "fails")).hasMessage("its own");
      assertThat(taken()).isEqualTo(i);
    }
    assertThat(call(type, "catches")).isEqualTo(1);
    assertThat(taken()).isEqualTo(4);
    call(type, "plain");
    assertThat(taken()).isEqualTo(5);
  }

  @Test
  void anEntryEndsAtTheEndOfTheStackToo() throws Exception {
    Object type = make("Type");
    call(type, "plain");
    for (int i = 2; i <= 20; i++) {
      assertThatThrownBy(() -> call(type, "endsTheStack", 1L, 2L))
          .isInstanceOf(StackOverflowError.class);
      assertThat(taken()).isEqualTo(i);
    }
    call(type, "plain");
    assertThat(taken()).isEqualTo(21);
  }

  @Test
  void aRefusedEntryIsNoEntry() throws Exception {
    Object type = make("Type");
    limit.tryAcquire(TOKENS);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> call(type, "callsPlain"))
          .isInstanceOf(RateLimitExceededException.class);
    }
    assertThat(limit.stats().rejectedRequests()).isEqualTo(3);
  }

  @Test
  void aMethodsOwnLimitIsTakenInsideAnEntryToo() throws Exception {
    Object type = make("Type");
    assertThat(call(type, "callsOwn")).isEqualTo(1);
    assertThat(taken()).isOne();
    assertThat(TOKENS - other.availablePermits()).isOne();
    assertThat(call(type, "own")).isEqualTo(1);
    assertThat(TOKENS - other.availablePermits()).isEqualTo(2);
    assertThat(taken()).as("own is no entry, plain inside it is one").isEqualTo(2);
  }

  @Test
  void anotherThreadIsAnotherEntry() throws Exception {
    assertThat(call(make("Type"), "thenOnAnotherThread")).isEqualTo(1);
    assertThat(taken()).isEqualTo(2);
  }

  @Test
  void everyWayOutOfAMethodEndsTheEntry() throws Exception {
    Object type = make("Type");
    assertThat(call(type, "frames", 0L, 1.0, "x")).isEqualTo("zero");
    assertThat(call(type, "frames", 9L, 1.0, "x")).isEqualTo("found x");
    assertThat(call(type, "frames", 9L, 1.0, "y")).isEqualTo("found y");
    assertThat(call(type, "frames", 1L, 1.0, "z")).isEqualTo("nothing of 1");
    assertThat(call(type, "frames", 1L, 9.0, "z")).isEqualTo("nothing of 1");
    assertThat(taken()).isEqualTo(5);
  }

  private static RateLimitConfig ofTokens() {
    return RateLimitConfig.of(1, Duration.ofDays(1))
        .withCapacity(TOKENS)
        .withTimeout(Duration.ZERO);
  }

  private long taken() {
    return TOKENS - limit.availablePermits();
  }

  private Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(Samples.class.getName() + "$" + name, true, loader);
  }

  private Object make(String name, Object... arguments) throws Exception {
    for (Constructor<?> constructor : load(name).getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == arguments.length
          && (arguments.length == 0
              || parameters[0].isPrimitive() == !(arguments[0] instanceof String))) {
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
      }
    }
    throw new AssertionError("no constructor");
  }

  private Object callStatic(String name, String method) throws Exception {
    Method found = load(name).getDeclaredMethod(method);
    found.setAccessible(true);
    return found.invoke(null);
  }

  private static Object call(Object target, String name, Object... arguments) throws Exception {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(m -> m.getName().equals(name) && !m.isBridge())
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) e.getCause();
    }
  }
}
