package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "github_api", "a-b", "A1", "a_", "x9-_Y", "api--", "ALL"})
  void acceptsLettersDigitsUnderlinesAndHyphensAfterALetter(String name) {
    assertThat(LimiterNames.isValid(name)).isTrue();
    assertThat(LimiterNames.check(name)).isSameAs(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "1a", "_a", "-a", "a b", "a.b", "a,b", "a*", "a\n", "é", "aé", "a١", "ａ"})
  void refusesEverythingElse(String name) {
    assertThat(LimiterNames.isValid(name)).isFalse();
    assertThatThrownBy(() -> LimiterNames.check(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' can't be a limiter's name: a letter first, then letters, digits, '_' or '-'",
            name);
  }

  @Test
  void agreesWithTheContractsExpressionOnEveryCharacter() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      check(String.valueOf(c));
      check("a" + c);
      check("a" + c + "b");
    }
  }

  private static void check(String name) {
    if (LimiterNames.isValid(name) != name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
      assertThat(LimiterNames.isValid(name)).as(name).isEqualTo(!LimiterNames.isValid(name));
    }
  }
}
