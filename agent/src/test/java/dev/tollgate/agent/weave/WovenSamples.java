package dev.tollgate.agent.weave;

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
import java.util.Optional;
import java.util.stream.Stream;

/** The nested classes of one, woven, and limiters whose tokens are counted. */
final class WovenSamples {
  static final long TOKENS = 1_000;

  private final Class<?> samples;
  private final HandTicker ticker = new HandTicker();
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final ClassLoader loader;

  WovenSamples(Class<?> samples) {
    this(samples, true);
  }

  WovenSamples(Class<?> samples, boolean failsUnknown) {
    this.samples = samples;
    this.loader =
        new ClassFiles.ChangingLoader(
            samples.getName(),
            (name, file) ->
                AnnotationScan.mentionsLimit(file)
                    ? ClassFiles.linkableHere(ClassFiles.weave(file))
                    : file);
    AgentReport report = new AgentReport("", "", registry, failsUnknown);
    TestDispatcher.linker = new Linker(registry, failsUnknown, report, new Console(true));
  }

  HandTicker ticker() {
    return ticker;
  }

  /** Full, and refilled by one in a second; a call waits for none. */
  RateLimiter limiter(String name) {
    return registry.register(name, config());
  }

  /** The same, but calls wait for as long as it takes. */
  RateLimiter patient(String name) {
    return registry.register(name, config().withTimeout(Duration.ofDays(1)));
  }

  private static RateLimitConfig config() {
    return RateLimitConfig.of(1, Duration.ofSeconds(1))
        .withCapacity(TOKENS)
        .withTimeout(Duration.ZERO);
  }

  static long taken(RateLimiter limiter) {
    return TOKENS - limiter.availablePermits();
  }

  Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(samples.getName() + "$" + name, true, loader);
  }

  Object make(String name, Object... arguments) throws Exception {
    for (Constructor<?> constructor : load(name).getDeclaredConstructors()) {
      if (constructor.getParameterCount() == arguments.length) {
        constructor.setAccessible(true);
        return invoke(() -> constructor.newInstance(arguments));
      }
    }
    throw new AssertionError("no constructor");
  }

  /** Calls the method of this name, of whatever access, of a class itself a static one. */
  static Object call(Object target, String name, Object... arguments) throws Exception {
    Method method = find(target instanceof Class<?> itself ? itself : target.getClass(), name);
    method.setAccessible(true);
    return invoke(() -> method.invoke(target, arguments));
  }

  private static Method find(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Stream<Class<?>> types = Stream.concat(Stream.of(each), Stream.of(each.getInterfaces()));
      Optional<Method> found =
          types
              .flatMap(t -> Stream.of(t.getDeclaredMethods()))
              .filter(m -> m.getName().equals(name) && !m.isBridge())
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("no method " + name);
  }

  private interface Invocation {
    Object run() throws ReflectiveOperationException;
  }

  private static Object invoke(Invocation invocation) throws Exception {
    try {
      return invocation.run();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) e.getCause();
    }
  }
}
