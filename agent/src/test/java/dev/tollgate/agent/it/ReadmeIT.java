package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Compiles and runs every example of the README as it stands there. */
@OnEachJdk
class ReadmeIT {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

  private static final String IDLE =
      """
      class Idle {
        public static void main(String[] args) throws Exception {
          System.out.println("started");
          System.in.read();
        }
      }
      """;

  private static String readme;
  private static Map<String, String> programs;

  @Parameter Jdk jdk;

  @BeforeAll
  static void read() throws IOException {
    readme = Files.readString(Path.of("../README.md"));
    programs =
        BLOCK
            .matcher(readme)
            .results()
            .filter(block -> block.group(1).equals("java"))
            .map(block -> block.group(2))
            .collect(Collectors.toMap(ReadmeIT::className, Function.identity()));
  }

  @Test
  void hasTheseExamplesAndNoOther() {
    assertThat(programs)
        .containsOnlyKeys(
            "Issues", "Billing", "Senders", "Prompts", "Mail", "Weather", "Orders", "ByHand",
            "Live", "Told", "Gently", "Kitchen");
  }

  @Test
  void anAnnotatedMethodOfAPredefinedLimiter() {
    assertThat(run("Issues", "").out()).containsExactly("issue 1", "issue 2", "issue 3");
    assertThat(run("Issues", "limiters.github_api.capacity=2,limiters.github_api.timeout=0").err())
        .anyMatch(line -> line.contains("Rate limit 'github_api' refused the call"));
  }

  @Test
  void aLimiterDefinedWhereItIsUsed() {
    assertThat(run("Billing", "").ok().out())
        .containsExactly("charged", "charged", "billing refused, retry after 29m");
  }

  @Test
  void anAnnotationOfAnInterfaceOnceAnEntry() {
    assertThat(run("Senders", "").ok().out()).containsExactly("hello", "hello", "taken: 1");
  }

  @Test
  void aWeightThatAnArgumentSays() {
    JvmResult result = run("Prompts", "");
    assertThat(result.out()).containsExactly("a long question", "a short one");
    assertThat(result.err()).anyMatch(line -> line.contains("RateLimitExceededException"));
  }

  @Test
  void aLimitForEachKeyAndOneForAll() {
    assertThat(run("Mail", "").ok().out())
        .containsExactly(
            "to ann", "to ann", "not to ann: per_user", "to bob", "not to cid: all_users");
  }

  @Test
  void aFallback() {
    assertThat(run("Weather", "").ok().out())
        .containsExactly("sunny at the lake", "probably still sunny at the lake");
  }

  @Test
  void anAsynchronousMethod() {
    assertThat(run("Orders", "").ok().out())
        .containsExactly("placed 1", "not blocked, and done: false", "placed 2");
  }

  @Test
  void limitersByHandWithTheAgentAndWithout() {
    runBothWays("ByHand", "got two", "in flight: 1", "called", "requests: 4");
  }

  @Test
  void aLimitThatChangesWithTheAgentAndWithout() {
    runBothWays("Live", "sent", "false, retry after 5m");
  }

  @Test
  void aPauseThatTheServerAsksForWithTheAgentAndWithout() {
    runBothWays("Told", "paused for PT2M", "false, 0 left");
  }

  @Test
  void warmUpAndPacingWithTheAgentAndWithout() {
    runBothWays("Gently", "cold: the next after 2 minutes", "paced: 0 saved up");
  }

  @Test
  void healthWithTheAgentAndWithout() {
    runBothWays("Kitchen", "UNHEALTHY, ready: false", "[gas: no pressure]", "live: true");
  }

  @Test
  void theConfiguration() throws IOException {
    Path folder = Files.createDirectories(Artifacts.scratch("readme"));
    Path file = Files.writeString(folder.resolve("readme.conf"), block("hocon"));

    JvmResult result = run("Billing", "config=" + file + ",limiters.github_api.permits=20").ok();

    // In the file billing is observed: what would be refused passes.
    assertThat(result.out()).containsExactly("charged", "charged", "charged");
    assertThat(result.err()).singleElement().asString().contains("tollgate: ", file.toString());
  }

  /** Beside the options of the program's container, each of which would end the probe's own JVM. */
  @Test
  void theHealthCheckBesideTheProgramsOptions() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "there is no env(1) on this system");
    Path program = Programs.compile(IDLE);
    try (RunningJvm jvm = Jvm.on(jdk).agent("").program(program).main("Idle").start();
        ServerSocket taken = new ServerSocket(0)) {
      assertThat(jvm.nextLine()).isEqualTo("started");
      String jmx =
          "-Dcom.sun.management.jmxremote.authenticate=false"
              + " -Dcom.sun.management.jmxremote.ssl=false"
              + " -Dcom.sun.management.jmxremote.port="
              + taken.getLocalPort();
      assertThat(healthCheck(jvm, "JAVA_TOOL_OPTIONS", "-Xms100g -Xmx100g -XX:+AlwaysPreTouch"))
          .isEqualTo(new JvmResult(0, List.of(), List.of()));
      assertThat(healthCheck(jvm, "JAVA_TOOL_OPTIONS", jmx))
          .isEqualTo(new JvmResult(0, List.of(), List.of()));
      assertThat(healthCheck(jvm, "JDK_JAVA_OPTIONS", jmx))
          .isEqualTo(new JvmResult(0, List.of(), List.of()));
      jvm.end().ok();
    }
  }

  private JvmResult healthCheck(RunningJvm jvm, String variable, String options)
      throws IOException {
    String line =
        block("dockerfile")
            .strip()
            .replaceFirst("^HEALTHCHECK CMD ", "")
            .replace("/opt/tollgate-agent.jar", Artifacts.AGENT.toString())
            .replaceFirst(" 1$", " " + jvm.pid());
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", line);
    builder.environment().put(variable, options);
    builder
        .environment()
        .merge("PATH", jdk.tool("java").getParent().toString(), (path, bin) -> bin + ":" + path);
    try (RunningJvm probe = new RunningJvm(builder.start())) {
      return probe.end();
    }
  }

  private void runBothWays(String program, String... expected) {
    assertThat(run(program, "").ok().out()).containsExactly(expected);
    Path classes = Programs.compile(programs.get(program));
    assertThat(Jvm.on(jdk).program(classes).main(program).run().ok().out())
        .containsExactly(expected);
  }

  private JvmResult run(String program, String arguments) {
    Path classes = Programs.compile(programs.get(program));
    return Jvm.on(jdk).agent(arguments).program(classes).main(program).run();
  }

  private static String block(String language) {
    return BLOCK
        .matcher(readme)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .findFirst()
        .orElseThrow();
  }

  private static String className(String source) {
    Matcher name = CLASS.matcher(source);
    assertThat(name.find()).as(source).isTrue();
    return name.group(1);
  }
}
