package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Who takes, where a proxy extends its target. */
@OnEachJdk
class SubclassProxiesIT {
  private static final String RULES =
      """
      tollgate.rules = [
        { method = "Proxied.Ruled*#go", limiter = count }
        { method = "Proxied.Only$*#go", limiter = count }
      ]
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void theTargetWhereItDoesAndElseTheProxy() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.conf"), RULES);

    JvmResult result =
        Jvm.on(jdk)
            .agent("config=" + rules)
            .program(
                Programs.compile(Programs.source("Tally.java"), Programs.source("Proxied.java")))
            .main("Proxied")
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).hasSize(10).endsWith("ready");
    assertThat(result.out().subList(0, 9)).allMatch(line -> line.startsWith("right: "));
  }
}
