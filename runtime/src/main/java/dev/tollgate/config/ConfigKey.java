package dev.tollgate.config;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.List;

/**
 * A key of the configuration. All that there are stand here and nowhere else: what reads a
 * configuration, what says which keys are known, and the reference table of docs/CONFIGURATION.md
 * (by a test) go by {@link #ALL}.
 */
final class ConfigKey<T> {
  /** In a path: a name that the user gives, see {@link NamedSections}. */
  static final String NAME = "NAME";

  /** In a path: an item of a list. */
  static final String ITEM = "[]";

  static final ConfigKey<String> CONFIG =
      new ConfigKey<>(
          "config",
          ValueTypes.FILE,
          "`tollgate.conf` on the class path",
          "The configuration file. Only as a system property or an agent argument.");

  static final ConfigKey<Boolean> ENABLED =
      new ConfigKey<>(
          "enabled", ValueTypes.BOOLEAN, "`true`", "`false`: the agent does nothing at all.");

  static final ConfigKey<Long> PERMITS =
      new ConfigKey<>(
          "limiters.NAME.permits",
          new WholeNumber(1, RateLimitConfig.MAX_CAPACITY),
          "none",
          "Tokens that each period brings.");

  static final ConfigKey<Duration> PERIOD =
      new ConfigKey<>(
          "limiters.NAME.period",
          ValueTypes.PERIOD,
          "none",
          "The time in which `permits` tokens come, evenly spread.");

  static final ConfigKey<Long> BURST =
      new ConfigKey<>(
          "limiters.NAME.burst",
          new WholeNumber(0, RateLimitConfig.MAX_CAPACITY),
          "`0`",
          "Tokens on top of `permits` in a full bucket.");

  static final ConfigKey<Long> CAPACITY =
      new ConfigKey<>(
          "limiters.NAME.capacity",
          new WholeNumber(1, RateLimitConfig.MAX_CAPACITY),
          "`permits` + `burst`",
          "Tokens in a full bucket, in place of the sum. `1` spaces calls evenly.");

  static final ConfigKey<Duration> TIMEOUT =
      new ConfigKey<>(
          "limiters.NAME.timeout",
          ValueTypes.DURATION,
          "`30s`",
          "The longest wait of a call that names none. `0` refuses at once.");

  static final ConfigKey<LimiterMode> MODE =
      new ConfigKey<>(
          "limiters.NAME.mode",
          new Choice<>(LimiterMode.values()),
          "`enforce`",
          "`observe` counts what would wait or be refused and lets it pass; `off` lets all pass."
              + " Either lets those go that wait already.");

  static final ConfigKey<Long> MAX_WAITING =
      new ConfigKey<>(
          "limiters.NAME.max-waiting",
          new WholeNumber(0, Integer.MAX_VALUE),
          "`2147483647`",
          "How many calls may wait at a time. More are refused at once.");

  static final ConfigKey<Long> MAX_KEYS =
      new ConfigKey<>(
          "limiters.NAME.max-keys",
          new WholeNumber(1, Integer.MAX_VALUE),
          "`100000`",
          "How many keys have a bucket of their own at a time. More share one; where there is room, each"
              + " leaves it when none of its calls waits there, with as many tokens as are left in it.");

  static final ConfigKey<Duration> WARM_UP =
      new ConfigKey<>(
          "limiters.NAME.warm-up",
          ValueTypes.WARM_UP,
          "`0`",
          "The time in which the rate rises from a third to the whole, from the first call on and"
              + " again after as long without one; of each key by itself. `0`: at once.");

  static final ConfigKey<List<Rule>> RULES =
      new ConfigKey<>(
          "rules",
          ValueTypes.RULES,
          "empty",
          "Methods to limit that carry no annotation, see below. Only in the file.");

  static final ConfigKey<String> RULE_METHOD =
      new ConfigKey<>("rules[].method", ValueTypes.METHOD, "required", "The methods to limit.");

  static final ConfigKey<String> RULE_LIMITER =
      new ConfigKey<>(
          "rules[].limiter", ValueTypes.LIMITER_NAME, "required", "The limiter that they ask.");

  static final ConfigKey<Long> RULE_WEIGHT =
      new ConfigKey<>(
          "rules[].weight",
          new WholeNumber(0, Long.MAX_VALUE),
          "`1`",
          "Tokens that one call takes.");

  static final ConfigKey<Duration> RULE_TIMEOUT =
      new ConfigKey<>(
          "rules[].timeout",
          ValueTypes.DURATION,
          "the limiter's",
          "The longest wait. `0` refuses at once.");

  static final ConfigKey<OnUnknownLimiter> ON_UNKNOWN_LIMITER =
      new ConfigKey<>(
          "on-unknown-limiter",
          new Choice<>(OnUnknownLimiter.values()),
          "`fail`",
          "What a call to a limiter that nobody defined does: throw, or pass unlimited.");

  static final ConfigKey<OnMissed> ON_MISSED =
      new ConfigKey<>(
          "on-missed",
          new Choice<>(OnMissed.values()),
          "`report`",
          "`fail`: a method that should be limited and can't be stops the start (`-javaagent` only).");

  static final ConfigKey<Boolean> JMX_ENABLED =
      new ConfigKey<>("jmx.enabled", ValueTypes.BOOLEAN, "`true`", "Whether there are JMX beans.");

  static final ConfigKey<Boolean> JMX_OPERATIONS =
      new ConfigKey<>(
          "jmx.operations", ValueTypes.BOOLEAN, "`false`", "`true` lets JMX change limits.");

  static final ConfigKey<Duration> RELOAD =
      new ConfigKey<>(
          "reload",
          ValueTypes.RELOAD,
          "`off`",
          "How often the file is looked at while the program runs, see below.");

  static final ConfigKey<Boolean> QUIET =
      new ConfigKey<>("quiet", ValueTypes.BOOLEAN, "`false`", "`true`: prints nothing but errors.");

  static final ConfigKey<Boolean> HEALTH_ENABLED =
      new ConfigKey<>(
          "health.enabled", ValueTypes.BOOLEAN, "`true`", "Whether there are health checks.");

  static final ConfigKey<Duration> HEALTH_INTERVAL =
      new ConfigKey<>(
          "health.interval",
          ValueTypes.INTERVAL,
          "`10s`",
          "How often a check runs that has no interval of its own.");

  static final ConfigKey<Duration> HEALTH_TIMEOUT =
      new ConfigKey<>(
          "health.timeout",
          ValueTypes.CHECK_TIMEOUT,
          "`5s`",
          "How long a check may take that has no timeout of its own.");

  static final ConfigKey<List<String>> DISK_PATHS =
      new ConfigKey<>(
          "health.disk.paths",
          ValueTypes.PATHS,
          "`[\".\"]`",
          "The disks to look at, by a path on each; each must be there. `.` is the working directory.");

  static final ConfigKey<Long> DISK_DEGRADED_FREE =
      new ConfigKey<>(
          "health.disk.degraded-free", ValueTypes.SIZE, "`5GB`", "Less free is degraded.");

  static final ConfigKey<Double> DISK_DEGRADED_SHARE =
      new ConfigKey<>(
          "health.disk.degraded-share",
          ValueTypes.PERCENTAGE,
          "`20%`",
          "A smaller share of the whole is degraded.");

  static final ConfigKey<Long> DISK_CRITICAL_FREE =
      new ConfigKey<>(
          "health.disk.critical-free", ValueTypes.SIZE, "`1GB`", "Less free is unhealthy.");

  static final ConfigKey<Double> DISK_CRITICAL_SHARE =
      new ConfigKey<>(
          "health.disk.critical-share",
          ValueTypes.PERCENTAGE,
          "`10%`",
          "A smaller share of the whole is unhealthy.");

  static final ConfigKey<Long> DISK_READY_FREE =
      new ConfigKey<>(
          "health.disk.ready-free",
          ValueTypes.SIZE,
          "`100MB`",
          "With less free the JVM is not ready.");

  static final ConfigKey<Long> MEMORY_DEGRADED_FREE =
      new ConfigKey<>(
          "health.memory.degraded-free", ValueTypes.SIZE, "`1GB`", "Less free is degraded.");

  static final ConfigKey<Double> MEMORY_DEGRADED_SHARE =
      new ConfigKey<>(
          "health.memory.degraded-share",
          ValueTypes.PERCENTAGE,
          "`20%`",
          "A smaller share of the whole is degraded.");

  static final ConfigKey<Long> MEMORY_CRITICAL_FREE =
      new ConfigKey<>(
          "health.memory.critical-free", ValueTypes.SIZE, "`500MB`", "Less free is unhealthy.");

  static final ConfigKey<Double> MEMORY_CRITICAL_SHARE =
      new ConfigKey<>(
          "health.memory.critical-share",
          ValueTypes.PERCENTAGE,
          "`10%`",
          "A smaller share of the whole is unhealthy.");

  static final ConfigKey<Long> MEMORY_READY_FREE =
      new ConfigKey<>(
          "health.memory.ready-free",
          ValueTypes.SIZE,
          "`100MB`",
          "With less free the JVM is not ready.");

  static final ConfigKey<Double> CACHE_HIT_RATE =
      new ConfigKey<>(
          "health.cache.hit-rate",
          ValueTypes.PERCENTAGE,
          "`30%`",
          "A cache with a lower hit rate is degraded.");

  static final ConfigKey<Long> CACHE_REQUESTS =
      new ConfigKey<>(
          "health.cache.requests",
          new WholeNumber(1, Long.MAX_VALUE),
          "`100`",
          "Before so many requests the hit rate of a cache says nothing.");

  static final ConfigKey<Double> REJECTED =
      new ConfigKey<>(
          "health.rate-limiters.rejected",
          ValueTypes.PERCENTAGE,
          "`50%`",
          "A limiter that refused more of the last minute's calls is degraded.");

  static final ConfigKey<Long> REJECTION_REQUESTS =
      new ConfigKey<>(
          "health.rate-limiters.requests",
          new WholeNumber(1, Long.MAX_VALUE),
          "`20`",
          "With fewer calls in the last minute that share says nothing.");

  static final ConfigKey<List<String>> TOOLS =
      new ConfigKey<>(
          "health.tools",
          ValueTypes.PROGRAMS,
          "`[git, gh]`",
          "Programs to look for on PATH, and show.");

  static final ConfigKey<List<String>> REQUIRED_TOOLS =
      new ConfigKey<>(
          "health.required-tools",
          ValueTypes.PROGRAMS,
          "`[]`",
          "Those whose absence is degraded; looked for also where `health.tools` leaves them out.");

  static final ConfigKey<Duration> CHECK_INTERVAL =
      new ConfigKey<>(
          "health.checks.NAME.interval",
          ValueTypes.INTERVAL,
          "the check's",
          "How often this check runs.");

  static final ConfigKey<Duration> CHECK_TIMEOUT =
      new ConfigKey<>(
          "health.checks.NAME.timeout",
          ValueTypes.CHECK_TIMEOUT,
          "the check's",
          "How long it may take.");

  static final ConfigKey<Boolean> CHECK_CRITICAL =
      new ConfigKey<>(
          "health.checks.NAME.critical",
          ValueTypes.BOOLEAN,
          "the check's",
          "`true`: while it is unhealthy the JVM is not ready.");

  static final ConfigKey<Long> CHECK_FAILURES =
      new ConfigKey<>(
          "health.checks.NAME.failures",
          new WholeNumber(1, Integer.MAX_VALUE),
          "the check's",
          "So many worse results in a row make it worse.");

  static final ConfigKey<Long> CHECK_SUCCESSES =
      new ConfigKey<>(
          "health.checks.NAME.successes",
          new WholeNumber(1, Integer.MAX_VALUE),
          "the check's",
          "So many better results in a row make it better.");

  /** In the order of the reference table. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          CONFIG,
          ENABLED,
          PERMITS,
          PERIOD,
          BURST,
          CAPACITY,
          TIMEOUT,
          MODE,
          MAX_WAITING,
          MAX_KEYS,
          WARM_UP,
          RULES,
          RULE_METHOD,
          RULE_LIMITER,
          RULE_WEIGHT,
          RULE_TIMEOUT,
          ON_UNKNOWN_LIMITER,
          ON_MISSED,
          JMX_ENABLED,
          JMX_OPERATIONS,
          RELOAD,
          QUIET,
          HEALTH_ENABLED,
          HEALTH_INTERVAL,
          HEALTH_TIMEOUT,
          DISK_PATHS,
          DISK_DEGRADED_FREE,
          DISK_DEGRADED_SHARE,
          DISK_CRITICAL_FREE,
          DISK_CRITICAL_SHARE,
          DISK_READY_FREE,
          MEMORY_DEGRADED_FREE,
          MEMORY_DEGRADED_SHARE,
          MEMORY_CRITICAL_FREE,
          MEMORY_CRITICAL_SHARE,
          MEMORY_READY_FREE,
          CACHE_HIT_RATE,
          CACHE_REQUESTS,
          REJECTED,
          REJECTION_REQUESTS,
          TOOLS,
          REQUIRED_TOOLS,
          CHECK_INTERVAL,
          CHECK_TIMEOUT,
          CHECK_CRITICAL,
          CHECK_FAILURES,
          CHECK_SUCCESSES);

  private final String path;
  private final ValueType<T> type;
  private final String defaultText;
  private final String description;

  private ConfigKey(String path, ValueType<T> type, String defaultText, String description) {
    this.path = path;
    this.type = type;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** From {@code tollgate} on. */
  String path() {
    return path;
  }

  ValueType<T> type() {
    return type;
  }

  /** What holds where it isn't given, as in the reference table. */
  String defaultText() {
    return defaultText;
  }

  /** What it does, as in the reference table. */
  String description() {
    return description;
  }
}
