package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.agent.cli.jvm.NoAnswerException;
import java.lang.reflect.Proxy;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.management.DynamicMBean;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about another JVM, except {@code watch}. */
class StatusCommandTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final FakeConnection connection = new FakeConnection(server);
  private final FakeTicker ticker = new FakeTicker();
  private FakeTollgate tollgate;

  @BeforeEach
  void create() throws Exception {
    tollgate = new FakeTollgate(server);
  }

  @ParameterizedTest
  @CsvSource({"HEALTHY, 0", "DEGRADED, 1", "UNHEALTHY, 2"})
  void theHealthIsTheExitStatus(String status, int exit) throws Exception {
    tollgate.status(status).registerAgent().registerHealth();

    CommandLineResult page = run("status", "4711");
    assertThat(page.exit()).isEqualTo(exit);
    assertThat(page.out()).contains("health   " + status);
    assertThat(page.err()).isEmpty();
    CommandLineResult json = run("status", "4711", "--json");
    assertThat(json.exit()).isEqualTo(exit);
    assertThat(json.out())
        .singleElement()
        .asString()
        .contains("\"status\":\"" + status + "\",\"statusCode\":" + exit + ",");
    assertThat(json.err()).isEmpty();
  }

  @Test
  void showsChecksAndLimitersInAlphabeticalOrder() throws Exception {
    tollgate
        .check("memory", "HEALTHY", "fine", false, new Date(), false)
        .check("disk", "DEGRADED", "4.2 GB of 80 GB free", false, null, false)
        .registerAgent()
        .registerHealth()
        .registerLimiter("mcp_tools");
    tollgate.registerLimiter("billing").put("AvailablePermits", 0L);

    assertThat(run("status", "4711").out())
        .containsSubsequence(
            "Tollgate 1.2.3 in process 4711, up 75s",
            "disk     DEGRADED   never   250us   4.2 GB of 80 GB free",
            "memory    HEALTHY      0s   250us   fine",
            "billing      0/100          5          1   1.5ms       6ms         0",
            "mcp_tools   97/100          5          1   1.5ms       6ms         0");
  }

  @Test
  void whatTheOtherProcessSaysCanNotChangeTheTerminal() throws Exception {
    String evil = "\u001b]0;title\u0007\u009b2J\u202eabc";
    tollgate
        .ready(evil)
        .live(evil)
        .agent("Version", evil)
        .agent("ConfigSource", evil)
        .agent("ReloadFailure", evil)
        .check(evil, "DEGRADED", evil, false, null, false)
        .registerAgent()
        .registerHealth();
    tollgate.registerLimiter("a").put("Mode", evil);

    for (String command : List.of("status", "ready", "live")) {
      CommandLineResult result =
          command.equals("status") ? run(command, "4711") : run(command, "-v", "4711");
      assertThat(result.out()).allMatch(line -> line.matches("[ -~]*"), command);
      assertThat(result.err()).allMatch(line -> line.matches("[ -~]*"), command);
    }
    assertThat(run("ready", "-v", "4711").err()).containsExactly("?]0;title??2J?abc");
  }

  @Test
  void whyThereIsNoAnswerCanNotChangeTheTerminal() {
    Connector hostile =
        pid -> {
          throw new NoAnswerException("process can't be attached to: \u001b[2J\u009b1m");
        };
    assertThat(CommandLineResult.of(hostile, ticker, "status", "4711").err())
        .containsExactly("process can't be attached to: ?[2J?1m");
    assertThat(CommandLineResult.of(hostile, ticker, "detach", "4711").err())
        .containsExactly("process can't be attached to: ?[2J?1m");
  }

  @Test
  void saysWhyTheFileIsNotInForceForAsLongAsItIsSo() throws Exception {
    tollgate.agent("ReloadFailure", "t.conf does not exist").registerAgent().registerHealth();
    assertThat(run("status", "4711").out())
        .containsSubsequence("config   defaults", "         not reloaded: t.conf does not exist");
    assertThat(run("status", "4711", "--json").out())
        .singleElement()
        .asString()
        .contains("\"reloadFailure\":\"t.conf does not exist\"");

    tollgate.agent("ReloadFailure", "");
    assertThat(run("status", "4711").out()).noneMatch(line -> line.contains("reload"));
    assertThat(run("status", "4711", "--json").out()).noneMatch(line -> line.contains("reload"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status --json"})
  void anEarlierAgentThatDoesNotSayWhetherTheFileIsInForceIsAnAnswerToo(String command)
      throws Exception {
    tollgate.agentWithout("ReloadFailure").registerAgent().registerHealth();
    CommandLineResult result = run((command + " 4711").split(" "));

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isNotEmpty().noneMatch(line -> line.contains("reload"));
  }

  @ParameterizedTest
  @CsvSource({"ready, READY", "live, LIVE"})
  void aProbeAnswersByItsExitStatusAlone(String command, String what) throws Exception {
    tollgate.registerHealth();
    assertThat(run(command, "4711")).isEqualTo(silent(0));
    assertThat(plain(command)).isEqualTo(0);

    if (what.equals("READY")) {
      tollgate.status("UNHEALTHY").ready("disk is\nfull", "memory is low");
    } else {
      tollgate.status("UNHEALTHY").live("disk is\nfull", "memory is low");
    }
    assertThat(run(command, "4711")).isEqualTo(silent(1));
    assertThat(plain(command)).isEqualTo(1);
    CommandLineResult verbose = run(command, "-v", "4711");
    assertThat(verbose.exit()).isEqualTo(1);
    assertThat(verbose.out()).isEmpty();
    assertThat(verbose.err()).containsExactly("disk is full", "memory is low");
  }

  @Test
  void readinessAndLivenessAreTwoThings() throws Exception {
    tollgate.ready("not yet").registerHealth();

    assertThat(run("ready", "4711").exit()).isEqualTo(1);
    assertThat(run("live", "4711").exit()).isZero();
  }

  @Test
  void aProbeAsksTheHealthBeanOnceAndNothingElse() throws Exception {
    tollgate.registerAgent().registerHealth().registerLimiter("github_api");

    run("ready", "4711");
    assertThat(connection.requests()).containsExactly("getAttributes dev.tollgate:type=Health");
    assertThat(connection.closed()).isEqualTo(1);
  }

  @Test
  void statusAsksEachBeanOnce() throws Exception {
    tollgate.registerAgent().registerHealth().registerLimiter("github_api");

    run("status", "4711");
    assertThat(connection.requests())
        .containsExactly(
            "queryNames dev.tollgate:*",
            "getAttributes dev.tollgate:type=Agent",
            "getAttributes dev.tollgate:type=Health",
            "getAttributes dev.tollgate:type=RateLimiter,name=github_api");
    assertThat(connection.closed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status --json", "watch", "ready -v", "live -v"})
  void withoutTollgateThereIsNoAnswer(String command) {
    CommandLineResult result = run((command + " 4711").split(" "));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "no Tollgate in process 4711: start it with -javaagent:tollgate-agent.jar,"
                + " and leave jmx.enabled on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status --json", "ready -v", "live -v"})
  void withoutHealthThereIsNoAnswer(String command) throws Exception {
    tollgate.registerAgent().registerLimiter("github_api");
    CommandLineResult result = run((command + " 4711").split(" "));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err())
        .containsExactly(
            "no health in process 4711: Tollgate runs there with its health checks turned off");
    if (command.equals("status")) {
      assertThat(result.out())
          .contains("health   unknown: no health checks run there")
          .anyMatch(line -> line.startsWith("github_api"));
    } else {
      assertThat(result.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "wrong type", "null in an array", "throws"})
  void aForeignBeanKeepsNoOtherFromBeingShown(String how) throws Exception {
    tollgate.registerAgent().registerHealth().registerLimiter("ours");
    server.registerMBean(foreign(how), new ObjectName("dev.tollgate:type=RateLimiter,name=other"));
    CommandLineResult page = run("status", "4711");

    assertThat(page.exit()).isZero();
    assertThat(page.err()).isEmpty();
    assertThat(page.out())
        .anyMatch(line -> line.startsWith("ours "))
        .noneMatch(line -> line.startsWith("other "))
        .anyMatch(line -> line.startsWith("beans    the bean dev.tollgate:type=RateLimiter,name="));
    CommandLineResult json = run("status", "4711", "--json");
    assertThat(json.exit()).isZero();
    assertThat(json.out()).singleElement().asString().contains("\"notUnderstood\":[\"the bean ");
    assertThat(run("ready", "4711").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "wrong type", "null in an array", "throws"})
  void aForeignAgentBeanHidesNoHealth(String how) throws Exception {
    tollgate.registerHealth();
    server.registerMBean(foreign(how), new ObjectName("dev.tollgate:type=Agent"));
    CommandLineResult page = run("status", "4711");

    assertThat(page.exit()).isZero();
    assertThat(page.out()).contains("health   HEALTHY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "wrong type", "null in an array", "throws"})
  void aForeignHealthBeanIsNoAnswerButHidesNoLimiter(String how) throws Exception {
    tollgate.registerAgent().registerLimiter("ours");
    server.registerMBean(foreign(how), new ObjectName("dev.tollgate:type=Health"));
    CommandLineResult page = run("status", "4711");

    assertThat(page.exit()).isEqualTo(3);
    assertThat(page.out())
        .contains("health   unknown: its bean isn't understood")
        .anyMatch(line -> line.startsWith("ours "));
    assertThat(page.err()).singleElement().asString().startsWith("the bean dev.tollgate:type=He");
    assertThat(run("ready", "4711").exit()).isEqualTo(3);
  }

  @Test
  void ofManyForeignBeansAFewAreNamed() throws Exception {
    tollgate.registerAgent().registerHealth();
    for (int i = 0; i < 10; i++) {
      server.registerMBean(
          foreign("missing"), new ObjectName("dev.tollgate:type=RateLimiter,name=n" + i));
    }
    assertThat(run("status", "4711").out()).contains("         7 more aren't understood");
  }

  private static Object foreign(String how) {
    if (how.equals("throws")) {
      return Proxy.newProxyInstance(
          StatusCommandTest.class.getClassLoader(),
          new Class<?>[] {DynamicMBean.class},
          (proxy, method, arguments) -> {
            if (method.getName().equals("getMBeanInfo")) {
              return new FakeBean().getMBeanInfo();
            }
            throw new IllegalStateException("not now");
          });
    }
    FakeBean bean = new FakeBean();
    for (String name : List.of("Permits", "Version", "Status")) {
      switch (how) {
        case "wrong type" -> bean.put(name, new int[] {1});
        case "null in an array" -> bean.put("ReadinessIssues", new String[] {null});
        default -> bean.put("Other", "value");
      }
    }
    if (how.equals("null in an array")) {
      bean.put("Status", "HEALTHY").put("Ready", true);
    }
    return bean;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "live"})
  void aProbeThatGetsNoAnswerIsSilentToo(String command) {
    assertThat(run(command, "4711")).isEqualTo(silent(3));
    assertThat(plain(command)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "ready -v", "live -v", "watch"})
  void aBeanOfAnotherVersionIsNoAnswer(String command) throws Exception {
    tollgate.health("Status", "SPLENDID").health("Ready", "perhaps").healthWithout("Live");
    tollgate.registerHealth();
    CommandLineResult result = run((command + " 4711").split(" "));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("the bean dev.tollgate:type=Health in process 4711 has no ")
        .endsWith(" that this command understands: use the tollgate-agent.jar that runs there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status --json", "watch", "ready -v", "live -v"})
  void aJvmThatHangsIsGivenUpOn(String command) {
    CountDownLatch never = new CountDownLatch(1);
    CommandLineResult result =
        CommandLineResult.of(
            pid -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return connection;
            },
            ticker,
            (command + " 4711 --timeout 50ms").split(" "));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "process 4711 gave no answer within 50ms: it is stopped, busy or in a debugger, or can't write to its /tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "watch", "ready", "live"})
  void aCommandLineThatIsNotUnderstoodIsNoAnswerEither(String command) {
    for (String line :
        new String[] {"", "4711 4712", "4711 --nope", "4711 --timeout", "abc", "0", "-- -5"}) {
      CommandLineResult result = run((command + " " + line).strip().split(" "));
      assertThat(result.exit()).as(line).isEqualTo(3);
      assertThat(result.out()).as(line).isEmpty();
      assertThat(result.err()).as(line).isNotEmpty();
    }
    assertThat(connection.opened()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "watch", "ready", "live"})
  void wrongValuesAreOneLineThatSaysWhatWouldBeRight(String command) {
    Stream.of("abc", "0", "4711.5", "99999999999999999999", "")
        .forEach(
            pid ->
                assertThat(run(command, pid).err())
                    .containsExactly(
                        "'" + pid + "' is no process id: write a number, as jps shows them"));
    assertThat(run(command, "4711", "--timeout", "5").err())
        .containsExactly(
            "--timeout '5' has no unit; write a number with a unit: 250ms, 30s, 1m, 2h, 1d");
    assertThat(run(command, "4711", "--timeout", "0").err())
        .containsExactly("--timeout 0: write a time above 0, like 5s");
  }

  @Test
  void onlyAProbeWithNothingElseIsPlain() {
    for (String line : new String[] {"status 1", "ready", "ready 1 -v", "-v ready", "live x"}) {
      assertThat(PlainProbe.run(line.split(" "), connection, ticker))
          .as(line)
          .isEqualTo(PlainProbe.NOT_PLAIN);
    }
    assertThat(connection.opened()).isZero();
  }

  private CommandLineResult run(String... arguments) {
    return CommandLineResult.of(connection, ticker, arguments);
  }

  private int plain(String command) {
    return PlainProbe.run(new String[] {command, "4711"}, connection, ticker);
  }

  private static CommandLineResult silent(int exit) {
    return new CommandLineResult(exit, List.of(), List.of());
  }
}
