package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings come from, which of them wins, and what they do to a program. */
@OnEachJdk
class ConfigurationIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.concurrent.RejectedExecutionException;

      class Configured {
        @RateLimited(value = "defined", permits = 5, period = "1h", burst = 1, timeout = "0")
        static void defined() {}

        @RateLimited(value = "github_api", timeout = "0")
        static void preset() {}

        static String calls(Runnable call) {
          int passed = 0;
          int refused = 0;
          for (int i = 0; i < 200; i++) {
            try {
              call.run();
              passed++;
            } catch (RejectedExecutionException e) {
              refused++;
            }
          }
          return passed + " passed";
        }

        public static void main(String[] args) {
          System.out.println("github_api " + calls(Configured::preset));
          System.out.println("defined " + calls(Configured::defined));
          for (String name : args) {
            RateLimiter limiter = RateLimiters.get(name);
            RateLimitConfig config = limiter.config();
            System.out.println(name + " " + config.permits() + " each " + config.period() + " burst "
                + config.burst() + " capacity " + config.capacity() + " timeout " + config.timeout()
                + " " + config.mode() + ", " + limiter.stats().admittedRequests() + " admitted "
                + limiter.stats().rejectedRequests() + " rejected");
          }
        }
      }
      """;

  /** A class that a JVM has only where an agent put it there, for a method that it limits. */
  private static final String DISPATCHER =
      """
      import dev.tollgate.RateLimited;

      class Dispatcher {
        @RateLimited("github_api")
        static void method() {}

        public static void main(String[] args) {
          method();
          try {
            Class.forName("java.lang.TollgateDispatcher", false, null);
            System.out.println("installed");
          } catch (ClassNotFoundException e) {
            System.out.println("not installed");
          }
        }
      }
      """;

  /** So slow that no token comes back while the program runs. */
  private static final String SLOW = "-Dtollgate.limiters.github_api.period=1d";

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void presetsAndAnnotationsWithoutAnyConfiguration() {
    JvmResult result = run(Jvm.on(jdk).agent(""), "mcp_tools", "web_research", "skill_operations");

    assertThat(result.out())
        .as("%s", result)
        .contains("defined 6 passed")
        .anyMatch(line -> line.matches("github_api 10[0-9] passed"))
        .anyMatch(
            line ->
                line.startsWith(
                    "mcp_tools 60 each PT1M burst 10 capacity 70 timeout PT30S ENFORCE"))
        .anyMatch(line -> line.startsWith("web_research 30 each PT1M burst 10 capacity 40 "))
        .anyMatch(line -> line.startsWith("skill_operations 120 each PT1M burst 20 capacity 140 "));
    assertThat(result.err()).as("one line, that it is there").hasSize(1);
    assertThat(result.err().get(0)).startsWith("tollgate: ");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', 100",
    "21, '', '', 41",
    "21, 22, '', 42",
    "21, 22, 23, 43",
    "21, '', 23, 43",
    "'', 22, '', 42"
  })
  void theFileGivesWayToSystemPropertiesAndTheseToAgentArguments(
      String file, String property, String argument, int capacity) throws IOException {
    String rest = file.isEmpty() ? "" : "limiters.github_api.permits = " + file;
    Path conf = write("t.conf", "tollgate { " + rest + "\nlimiters.defined.permits = 7 }");
    Jvm jvm =
        Jvm.on(jdk)
            .agent(
                "config="
                    + conf
                    + (argument.isEmpty() ? "" : ",limiters.github_api.permits=" + argument))
            .option(SLOW);
    if (!property.isEmpty()) {
      jvm.option("-Dtollgate.limiters.github_api.permits=" + property);
    }
    JvmResult result = run(jvm);

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("github_api " + capacity + " passed", "defined 8 passed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.conf", "a name, with commas.conf"})
  void theFileIsNamedInTheAgentsArguments(String name) throws IOException {
    Path conf = write(name, "tollgate.limiters.defined.permits = 7");

    assertThat(run(Jvm.on(jdk).agent("config=\"" + conf + "\",quiet=true")).out())
        .contains("defined 8 passed");
  }

  @Test
  void theAgentArgumentThenThePropertyThenTheVariableThenTheClassPathNamesTheFile()
      throws IOException {
    Path argument = write("argument.conf", "tollgate.limiters.defined.permits = 10");
    Path property = write("property.conf", "tollgate.limiters.defined.permits = 20");
    Path variable = write("variable.conf", "tollgate.limiters.defined.permits = 30");
    write("tollgate.conf", "tollgate.limiters.defined.permits = 40");
    String option = "-Dtollgate.config=" + property;

    assertThat(definedPasses(Jvm.on(jdk).agent(""))).isEqualTo("defined 41 passed");
    assertThat(definedPasses(withVariable(variable).agent(""))).isEqualTo("defined 31 passed");
    assertThat(definedPasses(withVariable(variable).agent("").option(option)))
        .isEqualTo("defined 21 passed");
    assertThat(definedPasses(withVariable(variable).agent("config=" + argument).option(option)))
        .isEqualTo("defined 11 passed");
  }

  @ParameterizedTest
  @CsvSource({
    "t.json, '{\"tollgate\": {\"limiters\": {\"defined\": {\"permits\": 7}}}}'",
    "t.properties, tollgate.limiters.defined.permits=7"
  })
  void theFileMayBeJsonOrProperties(String name, String text) throws IOException {
    assertThat(run(Jvm.on(jdk).agent("config=" + write(name, text))).out())
        .contains("defined 8 passed");
  }

  @Test
  void observeRefusesNothingButCounts() {
    JvmResult result =
        run(Jvm.on(jdk).agent("limiters.defined.mode=observe").option(SLOW), "defined");

    assertThat(result.out())
        .as("%s", result)
        .contains("defined 200 passed")
        .anyMatch(line -> line.endsWith("OBSERVE, 6 admitted 194 rejected"));
  }

  @Test
  void offRefusesNothing() {
    JvmResult result = run(Jvm.on(jdk).agent("limiters.defined.mode=off"), "defined");

    assertThat(result.out())
        .as("%s", result)
        .contains("defined 200 passed")
        .anyMatch(line -> line.contains(" OFF, "));
  }

  @Test
  void enabledFalseDoesNothingAtAll() {
    Jvm jvm = Jvm.on(jdk).agent("enabled=false").program(Programs.compile(DISPATCHER));
    JvmResult result = jvm.main("Dispatcher").run();

    assertThat(result).isEqualTo(new JvmResult(0, List.of("not installed"), List.of()));
    assertThat(
            Jvm.on(jdk)
                .agent("")
                .program(Programs.compile(DISPATCHER))
                .main("Dispatcher")
                .run()
                .out())
        .as("control")
        .containsExactly("installed");
  }

  @Test
  void quietSaysNothing() {
    JvmResult result = run(Jvm.on(jdk).agent("quiet=true"));

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("defined 6 passed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "plus+and%20percent", "hash#and!bang"})
  void theJarMayLieAnywhere(String name) throws IOException {
    Path jar = Files.createDirectories(folder.resolve(name)).resolve("agent.jar");
    Files.copy(Artifacts.AGENT, jar);

    assertThat(run(Jvm.on(jdk).agent(jar, "quiet=true")).out()).contains("defined 6 passed");
  }

  private String definedPasses(Jvm jvm) {
    JvmResult result =
        jvm.classPath(folder, Programs.compile(PROGRAM), Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
            .main("Configured")
            .run()
            .ok();
    return result.out().get(1);
  }

  private Jvm withVariable(Path file) {
    return Jvm.on(jdk).environment("TOLLGATE_CONFIG", file.toString());
  }

  private JvmResult run(Jvm jvm, String... limiters) {
    return jvm.program(Programs.compile(PROGRAM)).main("Configured").main(limiters).run().ok();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
