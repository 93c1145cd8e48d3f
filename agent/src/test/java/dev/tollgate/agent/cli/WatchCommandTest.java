package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchCommandTest {
  private static final long MILLI = 1_000_000L;

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final FakeConnection connection = new FakeConnection(server);
  private final FakeTicker ticker = new FakeTicker();
  private final long begin = ticker.nanos();
  private FakeTollgate tollgate;
  private FakeBean limiter;
  private int readings;

  @BeforeEach
  void create() throws Exception {
    tollgate = new FakeTollgate(server);
    tollgate.registerAgent();
    limiter = tollgate.registerLimiter("github_api").put("TotalRequests", 0L);
  }

  @Test
  void showsTheRatesOfEachSecondUntilTheJvmEnds() throws Exception {
    tollgate.registerHealth();
    connection.beforeReading(
        () -> {
          readings++;
          limiter.put("TotalRequests", readings * 24L).put("AdmittedRequests", readings * 20L);
          limiter.put("RejectedRequests", readings * 4L);
          if (readings == 4) {
            connection.lose();
          }
        });
    CommandLineResult result = CommandLineResult.of(connection, ticker, "watch", "4711");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err())
        .containsExactly("process 4711 has ended, or broken off the connection");
    assertThat(rows(result))
        .containsExactly(
            "github_api   97/100         24          4         0       -       -       -",
            "github_api   97/100         48          8         0    24.0    20.0     4.0",
            "github_api   97/100         72         12         0    24.0    20.0     4.0");
    assertThat(result.out()).filteredOn(line -> line.equals("health   HEALTHY")).hasSize(3);
    assertThat(connection.opened()).isEqualTo(1);
  }

  @Test
  void aReadingThatComesLateCountsTheTimeThatReallyPassed() throws Exception {
    tollgate.registerHealth();
    connection.beforeReading(
        () -> {
          readings++;
          limiter.put("TotalRequests", readings * 30L);
          if (readings == 2) {
            ticker.advance(500 * MILLI);
          }
          if (readings == 4) {
            connection.lose();
          }
        });

    assertThat(rows(CommandLineResult.of(connection, ticker, "watch", "4711")))
        .extracting(line -> line.split(" +")[5])
        // 30 in 1.5 s; the next comes a second later, as always.
        .containsExactly("-", "20.0", "30.0");
  }

  @Test
  void goesOnWithoutHealthAndWaitsForItOnce() {
    connection.beforeReading(
        () -> {
          readings++;
          if (ticker.nanos() - begin >= 6_000 * MILLI || readings > 1_000) {
            connection.lose();
          }
        });
    CommandLineResult result = CommandLineResult.of(connection, ticker, "watch", "4711");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out())
        .filteredOn(line -> line.equals("health   unknown: no health checks run there"))
        .hasSameSizeAs(rows(result))
        // At 3, 4 and 5 s.
        .hasSize(3);
  }

  @Test
  void saysWhyTheFileIsNotInForceWhileItIsSo() throws Exception {
    tollgate.registerHealth();
    connection.beforeReading(
        () -> {
          readings++;
          tollgate.agent("ReloadFailure", readings == 2 ? "t.conf does not exist" : "");
          if (readings == 4) {
            connection.lose();
          }
        });
    CommandLineResult result = CommandLineResult.of(connection, ticker, "watch", "4711");

    assertThat(rows(result)).hasSize(3);
    assertThat(result.out())
        .filteredOn(line -> line.contains("reload"))
        .containsExactly("         not reloaded: t.conf does not exist");
  }

  private static List<String> rows(CommandLineResult result) {
    return result.out().stream().filter(line -> line.startsWith("github_api")).toList();
  }
}
