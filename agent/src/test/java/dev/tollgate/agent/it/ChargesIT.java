package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of method is charged; the programs say it case by case. */
@OnEachJdk
class ChargesIT {
  @Parameter Jdk jdk;

  @ParameterizedTest
  @ValueSource(strings = {"MethodKinds", "TypeLimits", "Inherits"})
  void asTheContractSays(String program) {
    JvmResult result =
        Jvm.on(jdk)
            .agent("")
            .option("-Xverify:all")
            .program(compile(program))
            .main(program)
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.startsWith("right: "));
  }

  /** The programs' own control: they do notice where nothing is charged. */
  @ParameterizedTest
  @ValueSource(strings = {"MethodKinds", "TypeLimits", "Inherits"})
  void nothingWithoutTheAgent(String program) {
    JvmResult result = Jvm.on(jdk).program(compile(program)).main(program).run().ok();

    assertThat(result.out())
        .as("%s", result)
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.endsWith(" charged 0"))
        .filteredOn(line -> line.startsWith("right: "))
        .hasSizeLessThan(10);
  }

  private static Path compile(String program) {
    return Programs.compile(Programs.source("Tally.java"), Programs.source(program + ".java"));
  }
}
