package dev.tollgate.agent.cli;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.Reading.AgentReading;
import dev.tollgate.agent.cli.jvm.Reading.Fault;
import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a JVM, as one JSON object on one line. Fields are called as the beans'
 * attributes are, and stand in alphabetical order.
 */
final class StatusJson {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final char REPLACEMENT = '\ufffd';

  private StatusJson() {}

  /**
   * @param health the health in {@code reading}
   */
  static String of(Reading reading, HealthReading health) {
    HealthReport report = health.report();
    Map<String, @Nullable Object> json = new HashMap<>();
    json.put("status", report.status().name());
    json.put("statusCode", report.status().code());
    json.put("ready", report.ready());
    json.put("readinessIssues", report.readinessIssues());
    json.put("live", report.live());
    json.put("livenessIssues", report.livenessIssues());
    json.put("pid", health.pid());
    json.put("uptimeSeconds", number(health.uptimeSeconds()));
    json.put("checks", report.checks().stream().map(StatusJson::check).toList());
    json.put("limiters", reading.limiters().stream().map(StatusJson::limiter).toList());
    json.put("version", reading.agent().map(AgentReading::version).orElse(null));
    json.put("configSource", reading.agent().map(AgentReading::configSource).orElse(null));
    reading
        .agent()
        .map(AgentReading::reloadFailure)
        .filter(failure -> !failure.isEmpty())
        .ifPresent(failure -> json.put("reloadFailure", failure));
    if (!reading.notUnderstood().isEmpty()) {
      json.put("notUnderstood", reading.notUnderstood().stream().map(Fault::why).toList());
    }
    return ascii(ConfigValueFactory.fromMap(json).render(ConfigRenderOptions.concise()));
  }

  private static Map<String, @Nullable Object> check(CheckReport check) {
    Map<String, @Nullable Object> json = new HashMap<>();
    json.put("name", check.name());
    json.put("status", check.status().name());
    json.put("statusCode", check.status().code());
    json.put("detail", check.detail());
    json.put("critical", check.critical());
    json.put("durationMillis", number(check.duration().toNanos() / NANOS_PER_MILLI));
    json.put("lastChecked", check.lastChecked() == null ? null : check.lastChecked().toString());
    json.put("stale", check.stale());
    return json;
  }

  private static Map<String, @Nullable Object> limiter(LimiterReading limiter) {
    Map<String, @Nullable Object> json = new HashMap<>();
    json.put("name", limiter.name());
    json.put("permits", limiter.permits());
    json.put("periodMillis", number(limiter.periodMillis()));
    json.put("burst", limiter.burst());
    json.put("capacity", limiter.capacity());
    json.put("mode", limiter.mode());
    json.put("availablePermits", limiter.availablePermits());
    json.put("totalRequests", limiter.totalRequests());
    json.put("admittedRequests", limiter.admittedRequests());
    json.put("rejectedRequests", limiter.rejectedRequests());
    json.put("rejectionRate", number(limiter.rejectionRate()));
    json.put("averageWaitMillis", number(limiter.averageWaitMillis()));
    json.put("maxWaitMillis", number(limiter.maxWaitMillis()));
    json.put("waiting", limiter.waiting());
    json.put("retryAfterMillis", limiter.retryAfterMillis());
    return json;
  }

  /** JSON has no infinity and no NaN. */
  private static @Nullable Number number(Number value) {
    return Double.isFinite(value.doubleValue()) ? value : null;
  }

  /**
   * What isn't ASCII stands in strings only, and is escaped there: standard output may be of any
   * encoding, and JSON is to be read everywhere. Half of a surrogate pair is no character, and many
   * parsers take no text with one: U+FFFD stands for it (RFC 8259, section 8.2; RFC 7493, 2.1).
   */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c <= '~') {
        ascii.append(c);
      } else {
        char shown = isHalfAPair(json, i) ? REPLACEMENT : c;
        ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) shown));
      }
    }
    return ascii.toString();
  }

  private static boolean isHalfAPair(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
