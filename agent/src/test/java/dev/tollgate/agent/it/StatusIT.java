package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The commands about another JVM, and the real agent there. */
@OnEachJdk
class StatusIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;

      class Limited {
        @RateLimited("limited")
        static void method() {}

        public static void main(String[] args) throws Exception {
          for (int i = 0; i < 5; i++) {
            try {
              method();
            } catch (RuntimeException e) {
              // Refused.
            }
          }
          System.out.println("called");
          System.in.read();
        }
      }
      """;
  private static final String LIMITED =
      "limiters.limited.permits=3,limiters.limited.period=1h,limiters.limited.timeout=0";

  @Parameter Jdk jdk;

  @Test
  void tellWhatTheAgentKnowsFromItsStartOn() {
    try (RunningJvm jvm =
        Jvm.on(jdk).agent(LIMITED).program(Programs.compile(PROGRAM)).main("Limited").start()) {
      assertThat(jvm.nextLine()).isEqualTo("called");
      // The beans aren't there yet: the command waits for them.
      JvmResult json = ask("status", "--json", jvm.pid());

      assertThat(json.err()).as("%s", json).isEmpty();
      assertThat(json.out()).hasSize(1);
      Config health = ConfigFactory.parseString(json.out().get(0));
      assertThat(json.exit()).isEqualTo(health.getInt("statusCode"));
      assertThat(health.getString("status")).isIn("HEALTHY", "DEGRADED", "UNHEALTHY");
      assertThat(health.getLong("pid")).isEqualTo(Long.parseLong(jvm.pid()));
      assertThat(health.getDouble("uptimeSeconds")).isNotNegative();
      assertThat(health.getString("version")).matches("[0-9].*");
      assertThat(health.getConfigList("checks"))
          .extracting(check -> check.getString("name"))
          .contains("disk", "memory");

      // Limiters' beans follow the agent's, one by one.
      Config limited = limiter(ask("status", "--json", jvm.pid()));
      assertThat(limited.getLong("totalRequests")).isEqualTo(5);
      assertThat(limited.getLong("admittedRequests")).isEqualTo(3);
      assertThat(limited.getLong("rejectedRequests")).isEqualTo(2);

      JvmResult page = ask("status", jvm.pid());
      assertThat(page.exit()).isBetween(0, 2);
      assertThat(page.out())
          .allMatch(line -> line.matches("[ -~]{0,80}"), "fits a terminal")
          .anyMatch(line -> line.matches("disk\\*? +(HEALTHY|DEGRADED|UNHEALTHY) .*"))
          .anyMatch(line -> line.matches("limited +0/3 +5 +2 .*"));
      assertThat(ask("live", jvm.pid())).isEqualTo(new JvmResult(0, List.of(), List.of()));
      assertThat(ask("ready", jvm.pid()).exit()).isEqualTo(health.getBoolean("ready") ? 0 : 1);
      jvm.end().ok();
    }
  }

  private static Config limiter(JvmResult json) {
    return ConfigFactory.parseString(json.out().get(0)).getConfigList("limiters").stream()
        .filter(limiter -> limiter.getString("name").equals("limited"))
        .findFirst()
        .orElseThrow();
  }

  private JvmResult ask(String... arguments) {
    return Jvm.on(jdk)
        .main("-jar", Artifacts.AGENT.toString())
        .main(arguments)
        .main("--timeout", "1m")
        .run();
  }
}
