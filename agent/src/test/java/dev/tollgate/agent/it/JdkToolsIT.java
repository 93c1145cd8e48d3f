package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's own tools, and ours, where the environment gives the agent to every JVM. */
@OnEachJdk
class JdkToolsIT {
  @Parameter Jdk jdk;

  @Test
  void theCommandLineIsNotLimitedByTheAgentThatItIsPartOf() {
    JvmResult result =
        Jvm.on(jdk)
            .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + Artifacts.AGENT)
            .main("-jar", Artifacts.AGENT.toString(), "version")
            .run();

    assertThat(result.exit()).as("%s", result).isZero();
    assertThat(result.out()).hasSize(1);
    assertThat(result.err()).allMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"));
  }

  @ParameterizedTest
  @CsvSource({"javac, -version", "jar, --version", "javap, -version", "jcmd, -h"})
  void behaveAsWithoutTheAgent(String tool, String argument) {
    String options = "-javaagent:" + Artifacts.AGENT + "=limiters.github_api.permits=-1";
    JvmResult with = Jvm.on(jdk).environment("JAVA_TOOL_OPTIONS", options).runTool(tool, argument);
    JvmResult without = Jvm.on(jdk).runTool(tool, argument);

    assertThat(with.exit()).as("%s", with).isEqualTo(without.exit());
    assertThat(with.out()).isEqualTo(without.out());
    List<String> err =
        with.err().stream()
            .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
            .toList();
    assertThat(err).isEqualTo(without.err());
  }
}
