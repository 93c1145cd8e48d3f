package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** The command line out of the jar, where its classes are loaded by the agent's own loader. */
@OnEachJdk
class CommandLineIT {
  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void knowsItsVersion() {
    assertThat(run("version").ok().out())
        .singleElement()
        .asString()
        .matches("tollgate \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void helps() {
    assertThat(run("help").ok().out()).anyMatch(line -> line.startsWith("  demo "));
    assertThat(run().exit()).isEqualTo(3);
    assertThat(run("nope").exit()).isEqualTo(3);
  }

  @Test
  void checksAConfiguration() throws IOException {
    Path good = Files.writeString(folder.resolve("good.conf"), "tollgate.quiet = true");
    assertThat(run("check", good.toString()).ok().out()).contains(good + ": OK");

    Path bad = Files.writeString(folder.resolve("bad.conf"), "\ntollgate.quit = true");
    JvmResult result = run("check", bad.toString());
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).singleElement().asString().contains(bad + ":2", "quit");
  }

  private JvmResult run(String... arguments) {
    return Jvm.on(jdk).main("-jar", Artifacts.AGENT.toString()).main(arguments).run();
  }
}
