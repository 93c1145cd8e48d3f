package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.RateLimitConfig;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigKeyTest {
  @TempDir Path directory;

  @Test
  void everyKeyIsListedOnce() throws IllegalAccessException {
    List<ConfigKey<?>> constants = new ArrayList<>();
    for (Field field : ConfigKey.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigKey<?> key) {
        constants.add(key);
      }
    }

    assertThat(ConfigKey.ALL).containsExactlyElementsOf(constants);
    assertThat(ConfigKey.ALL).extracting(ConfigKey::path).doesNotHaveDuplicates();
  }

  /** A default that is written as a value is what holds where the key isn't given. */
  @Test
  void theDefaultsAreTheOnesThatHold() {
    Given given = new Given(directory);
    given.file("tollgate { rules = [ { method = \"a#b\", limiter = x } ] }");
    TollgateSettings without = given.load();
    RateLimitConfig plain = RateLimitConfig.of(5, Duration.ofSeconds(1));
    StringBuilder text = new StringBuilder("tollgate {\n");
    text.append("rules = [ { method = \"a#b\", limiter = x, weight = ")
        .append(value(ConfigKey.RULE_WEIGHT))
        .append(" } ]\nlimiters.x { permits = 5, period = 1s }\n");
    int written = 0;
    for (ConfigKey<?> key : ConfigKey.ALL) {
      if (value(key) != null && !key.path().contains(ConfigKey.ITEM)) {
        String path = key.path().replace(ConfigKey.NAME, "x");
        text.append(path).append(" = ").append(value(key)).append('\n');
        written++;
      }
    }
    given.file(text.append("}").toString());

    TollgateSettings with = given.load();

    assertThat(written).isEqualTo(33);
    assertThat(with)
        .usingRecursiveComparison()
        .ignoringFields("limiters", "rules", "health")
        .isEqualTo(without);
    assertThat(with.health()).isEqualTo(without.health());
    assertThat(with.rules().get(0).weight()).isEqualTo(without.rules().get(0).weight());
    assertThat(Objects.requireNonNull(with.limiters().get("x")).over(null)).isEqualTo(plain);
  }

  @Test
  void whereNamesStandTheyAreOfAKind() {
    for (ConfigKey<?> key : ConfigKey.ALL) {
      int name = key.path().indexOf("." + ConfigKey.NAME);

      if (name >= 0) {
        assertThat(NamedSections.at(key.path().substring(0, name))).as(key.path()).isNotNull();
      }
    }
  }

  /** What stands in code marks of the reference table; null where it is words. */
  private static @Nullable String value(ConfigKey<?> key) {
    String text = key.defaultText();
    boolean isValue = text.startsWith("`") && text.indexOf('`', 1) == text.length() - 1;
    return isValue ? text.substring(1, text.length() - 1) : null;
  }
}
