package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachArgumentsTest {
  private static final Path HERE = Path.of("/here");

  @Test
  void noneAreAnEmptyText() {
    assertThat(of()).isEmpty();
  }

  @Test
  void valuesMayHaveCommasWithQuotesAndWithout() {
    assertThat(of("a=1", "b=x, y", "c=\"x,y\"", "d=", "e= 1 ", "f=k=v"))
        .isEqualTo("a=\"1\",b=\"x, y\",c=\"x,y\",d=\"\",e=\" 1 \",f=\"k=v\"");
  }

  @Test
  void pairsMayHaveCommasBetweenThemAsForJavaagent() {
    assertThat(of("a=1,b.c-d=2", "e=3, f=4")).isEqualTo("a=\"1\",b.c-d=\"2\",e=\"3\",f=\"4\"");
    assertThat(of("health.tools=git,gh,quiet=true"))
        .isEqualTo("health.tools=\"git,gh\",quiet=\"true\"");
    assertThat(of("config=\"/x,y=z.conf\",quiet=true"))
        .isEqualTo("config=\"/x,y=z.conf\",quiet=\"true\"");
    assertThat(of("checks.\"tool:a.b\".interval=1m,quiet=true"))
        .isEqualTo("checks.\"tool:a.b\".interval=\"1m\",quiet=\"true\"");
    assertThat(of("a=1,", "b=2")).isEqualTo("a=\"1\",b=\"2\"");
  }

  @Test
  void aRelativeFileIsOneFromHere() {
    assertThat(of("config=a/b.conf")).isEqualTo("config=\"" + HERE.resolve("a/b.conf") + "\"");
    assertThat(of("config=\"b.conf\"")).isEqualTo("config=\"" + HERE.resolve("b.conf") + "\"");
    assertThat(of("config=/etc/b.conf")).isEqualTo("config=\"/etc/b.conf\"");
    assertThat(of("config=", "other=b.conf")).isEqualTo("config=\"\",other=\"b.conf\"");
  }

  @ParameterizedTest
  @CsvSource({
    "config, 'config' is no key=value",
    "=1, '=1' is no key=value",
    "'a,b=1', 'a' is no key=value",
    "'a,B=1', 'a,B' is no key: give each key=value by itself",
    "a=x\"y, the value of a has a quote in it"
  })
  void whatIsNotUnderstoodIsSaid(String argument, String why) {
    assertThatThrownBy(() -> of(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.replaceAll("^'|'$", ""));
  }

  private static String of(String... given) {
    return AttachArguments.of(List.of(given), HERE);
  }
}
