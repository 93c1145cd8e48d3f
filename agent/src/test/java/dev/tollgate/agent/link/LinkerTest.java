package dev.tollgate.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.UnknownLimiterException;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.FrozenTicker;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import dev.tollgate.limiter.Ticker;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

class LinkerTest {
  private static final MethodType TAKE = MethodType.methodType(void.class);
  private static final MethodType WITH_DEPTH = MethodType.methodType(void.class, int.class);
  private static final MethodType CELL = MethodType.methodType(int[].class);

  private final LimiterRegistry registry = new LimiterRegistry(new FrozenTicker());
  private final AgentReport report = new AgentReport("", "", registry, true);
  private final Linker linker = new Linker(registry, true, report, new Console(true));
  private final RateLimitConfig three =
      RateLimitConfig.of(3, Duration.ofSeconds(3)).withTimeout(Duration.ZERO);

  @Test
  void aSiteIsBoundToItsLimiterForGood() throws Throwable {
    RateLimiter limiter = registry.register("limit", three);
    CallSite site = site("take", TAKE, "limit", 2, 0);
    assertThat(site).isInstanceOf(ConstantCallSite.class);
    assertThat(limiter.availablePermits()).as("linking takes nothing").isEqualTo(3);
    take(site);
    assertThat(limiter.availablePermits()).isOne();
    assertThatThrownBy(() -> take(site))
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessage("Rate limit 'limit' refused the call: retry after 1s")
        .satisfies(
            thrown -> {
              RateLimitExceededException refused = (RateLimitExceededException) thrown;
              assertThat(refused.limiter()).isEqualTo("limit");
              assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            });
    assertThat(limiter.availablePermits()).isOne();
  }

  @Test
  void aWeightAboveTheCapacityIsRefusedForEver() {
    registry.register("limit", three);
    CallSite site = site("take", TAKE, "limit", 4, 0);
    assertThatThrownBy(() -> take(site))
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused ->
                assertThat(refused.retryAfter()).isEqualTo(ChronoUnit.FOREVER.getDuration()));
  }

  @Test
  void anInterruptedCallKeepsItsFlagAndNamesTheInterrupt() {
    registry.register("limit", three);
    CallSite site = site("take", TAKE, "limit", 3, Duration.ofDays(1).toNanos());
    assertThatCode(() -> take(site)).doesNotThrowAnyException();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> take(site))
          .isInstanceOf(RateLimitExceededException.class)
          .hasCauseInstanceOf(InterruptedException.class)
          .hasMessage("Interrupted while waiting for rate limit 'limit'");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theModeOfTheLimiterCountsAtEachCall() throws Throwable {
    registry.register("limit", three);
    CallSite site = site("take", TAKE, "limit", 3, 0);
    take(site);
    registry.mode("limit", LimiterMode.OBSERVE);
    take(site);
    registry.mode("limit", LimiterMode.ENFORCE);
    assertThatThrownBy(() -> take(site)).isInstanceOf(RateLimitExceededException.class);
  }

  @Test
  void onlyTheOutermostEntryTakes() throws Throwable {
    RateLimiter limiter = registry.register("limit", three);
    CallSite take = site("take", WITH_DEPTH, "limit", 1, 0);
    take(take, 0);
    take(take, 1);
    take(take, 2);
    assertThat(limiter.availablePermits()).isEqualTo(2);
    take(take, 0);
    assertThat(limiter.availablePermits()).isOne();
  }

  @Test
  void whoOnlyLooksSeesWhereTheThreadIsOnceAnybodyGoesIn() throws Throwable {
    CallSite look = site("look", CELL, "#look", 0, 0);
    assertThat(enter(look)).containsExactly(0);
    int[] cell = enter(site("enter", CELL, "#look", 0, 0));
    assertThat(enter(look)).isSameAs(cell);
    assertThat(enter(site("look", CELL, "#look", 0, 0))).isSameAs(cell);
  }

  @Test
  void aGroupIsOfTheTypeThatDeclaresItWhicheverClassIsBelow() throws Throwable {
    String group = Runnable.class.getName() + "#run()V";
    int[] cell = enter(site(Thread.class, "enter", CELL, group, 0, 0));
    assertThat(enter(site(TimerTask.class, "enter", CELL, group, 0, 0))).isSameAs(cell);
    assertThat(enter(site(Thread.class, "enter", CELL, "#run()V", 0, 0))).isNotSameAs(cell);
  }

  @Test
  void theDepthIsOfOneGroupAndOneThread() throws Throwable {
    CallSite enter = site("enter", CELL, "#group", 0, 0);
    int[] cell = enter(enter);
    assertThat(cell).containsExactly(0);
    assertThat(enter(enter)).isSameAs(cell);
    assertThat(enter(site("enter", CELL, "#group", 0, 0))).as("of another method").isSameAs(cell);
    assertThat(enter(site("enter", CELL, "#other", 0, 0))).isNotSameAs(cell);
    BlockingQueue<int[]> elsewhere = new ArrayBlockingQueue<>(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                elsewhere.add(enter(enter));
              } catch (Throwable e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    thread.join();
    assertThat(elsewhere.take()).isNotSameAs(cell).containsExactly(0);
  }

  @Test
  void anUnknownLimiterFailsEachCallUntilItIsDefined() throws Throwable {
    CallSite site = site("take", TAKE, "later", 2, 0);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> take(site))
          .isInstanceOf(UnknownLimiterException.class)
          .hasMessage(registry.unknown("later"));
    }
    RateLimiter limiter = registry.register("later", three);
    take(site);
    assertThat(limiter.availablePermits()).as("the first call that finds it takes").isOne();
    broken(true);
    assertThatThrownBy(() -> take(site))
        .as("bound for good, it looks no more")
        .isInstanceOf(RateLimitExceededException.class);
    assertThat(limiter.stats().totalRequests()).isEqualTo(2);
  }

  @Test
  void anUnknownLimiterOfATypeIsDecidedAtItsOutermostEntry() throws Throwable {
    CallSite site = site("take", WITH_DEPTH, "later", 2, 0);
    take(site, 1);
    assertThatThrownBy(() -> take(site, 0)).isInstanceOf(UnknownLimiterException.class);
    RateLimiter limiter = registry.register("later", three);
    take(site, 1);
    assertThat(limiter.availablePermits()).isEqualTo(3);
    take(site, 0);
    assertThat(limiter.availablePermits()).isOne();
    take(site, 1);
    assertThat(limiter.availablePermits()).isOne();
  }

  @Test
  void unknownLimitersPassWhereTheyAreToBeIgnoredAndLimitOnceTheyAreDefined() throws Throwable {
    Linker ignoring = new Linker(registry, false, report, new Console(true));
    CallSite site = ignoring.apply(arguments(LinkerTest.class, "take", TAKE, "later", 3, 0));
    take(site);
    take(site);
    RateLimiter limiter = registry.register("later", three);
    take(site);
    assertThat(limiter.availablePermits()).isZero();
    assertThatThrownBy(() -> take(site)).isInstanceOf(RateLimitExceededException.class);
  }

  @Test
  void anImpossibleNameIsAnUnknownLimiter() {
    CallSite site = site("take", TAKE, "no name", 1, 0);
    assertThatThrownBy(() -> take(site))
        .isInstanceOf(UnknownLimiterException.class)
        .hasMessageContaining("'no name'");
  }

  /** The JVM links again at the next call, and this one must not pass unlimited. */
  @Test
  void whereTheProgramsStackOrMemoryEndsTheCallSiteIsNotLinked() {
    Failing ticker = new Failing();
    Linker itsLinker = linkerOn(ticker);
    ticker.fault = new StackOverflowError();

    assertThatThrownBy(() -> itsLinker.apply(ofAPreset())).isSameAs(ticker.fault);
    assertThat(report.missed()).isEmpty();
  }

  @Test
  void norDoesACallPassThereThatIsLinkedAgain() {
    Failing ticker = new Failing();
    Linker itsLinker = linkerOn(ticker);
    ticker.fault = new LinkageError("ours");
    CallSite unlinked = itsLinker.apply(ofAPreset());
    assertThatCode(() -> take(unlinked)).doesNotThrowAnyException();
    ticker.fault = new StackOverflowError();

    assertThatThrownBy(() -> take(unlinked)).isSameAs(ticker.fault);
  }

  /** Nothing is asked of it before the first limiter is made. */
  private static final class Failing implements Ticker {
    private Error fault = new AssertionError("not yet");

    @Override
    public long nanos() {
      throw fault;
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw fault;
    }
  }

  private Linker linkerOn(Ticker ticker) {
    return new Linker(new LimiterRegistry(ticker), true, report, new Console(true));
  }

  private static Object[] ofAPreset() {
    return arguments(LinkerTest.class, "take", TAKE, "github_api", 1, 0);
  }

  @Test
  void aFaultOfOursPassesIsReportedAndIsLinkedAgain() throws Throwable {
    RateLimiter limiter = registry.register("limit", three);
    broken(true);
    CallSite site = site("take", TAKE, "limit", 1, 0);
    CallSite inType = site("take", WITH_DEPTH, "limit", 1, 0);
    take(site);
    take(site);
    take(inType, 0);
    assertThat(limiter.availablePermits()).isEqualTo(3);
    assertThat(report.missed())
        .singleElement()
        .satisfies(
            missed -> {
              assertThat(missed.className()).isEqualTo(LinkerTest.class.getName());
              assertThat(missed.method()).isEqualTo("method()");
              assertThat(missed.why())
                  .startsWith("calls pass unlimited until they can be linked: ");
            });
    broken(false);
    take(site);
    assertThat(limiter.availablePermits()).isEqualTo(2);
    take(inType, 1);
    assertThat(limiter.availablePermits()).isEqualTo(2);
    take(inType, 0);
    assertThat(limiter.availablePermits()).isOne();
    broken(true);
    take(site);
    assertThat(limiter.availablePermits()).as("bound for good").isZero();
    assertThatThrownBy(() -> take(site)).isInstanceOf(RateLimitExceededException.class);
  }

  @Test
  void aFormThatIsNotKnownPassesWhateverItsType() throws Throwable {
    take(site("newForm", TAKE, "limit", 1, 0));
    site("newForm", WITH_DEPTH, "", 0, 0).dynamicInvoker().invokeExact(5);
    assertThat(enter(site("newForm", CELL, "", 0, 0))).containsExactly(0);
    assertThat(report.missed())
        .extracting(MissedMethod::why)
        .allMatch(why -> why.contains("no form newForm"));
  }

  @Test
  void warmingUpTouchesNoLimiterOfTheProgram() {
    Linker.warmUp();
    assertThat(registry.stats().values()).allMatch(stats -> stats.totalRequests() == 0);
  }

  @Test
  void aSiteThatNamesNoTimeoutHasTheLimitersOwn() throws Throwable {
    registry.register("limit", three);
    CallSite site = site("take", TAKE, "limit", 3, Outcome.OWN_TIMEOUT);
    take(site);
    assertThatThrownBy(() -> take(site)).isInstanceOf(RateLimitExceededException.class);
  }

  /** Takes the registry away: whatever looks for a limiter fails. */
  private void broken(boolean broken) throws ReflectiveOperationException {
    Field field = Linker.class.getDeclaredField("registry");
    field.setAccessible(true);
    field.set(linker, broken ? null : registry);
  }

  private static void take(CallSite site) throws Throwable {
    site.dynamicInvoker().invokeExact();
  }

  private static void take(CallSite site, int depth) throws Throwable {
    site.dynamicInvoker().invokeExact(depth);
  }

  private static int[] enter(CallSite site) throws Throwable {
    return (int[]) site.dynamicInvoker().invokeExact();
  }

  private CallSite site(
      String form, MethodType type, String limiter, long weight, long timeoutNanos) {
    return site(LinkerTest.class, form, type, limiter, weight, timeoutNanos);
  }

  private CallSite site(
      Class<?> caller, String form, MethodType type, String limiter, long weight, long timeout) {
    CallSite site = linker.apply(arguments(caller, form, type, limiter, weight, timeout));
    assertThat(site.type()).isEqualTo(type);
    return site;
  }

  private static Object[] arguments(
      Class<?> caller, String form, MethodType type, String limiter, long weight, long timeout) {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup().in(caller);
    int depths = type.parameterCount();
    SiteLimit limit =
        new SiteLimit(limiter, weight, timeout, depths - 1, SiteLimit.NO_ARGUMENT, List.of());
    // Groups stand in the place of a spec where a cell is asked for.
    String spec =
        type.equals(CELL) ? limiter : new SiteSpec(List.of(limit), depths, null, null).text();
    return new Object[] {lookup, form, type, spec, "method()"};
  }
}
