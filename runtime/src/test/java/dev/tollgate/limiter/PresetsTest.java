package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresetsTest {

  @Test
  void areTheContracts() {
    assertThat(Presets.byName())
        .isEqualTo(
            Map.of(
                "mcp_tools", perMinute(60, 10),
                "github_api", perMinute(80, 20),
                "web_research", perMinute(30, 10),
                "skill_operations", perMinute(120, 20),
                "filesystem", perMinute(300, 50)));
  }

  @Test
  void githubsStaysUnderGithubsQuota() {
    RateLimitConfig github = Presets.byName().get("github_api");
    assertThat(github.capacity() + github.permits() * 60).isEqualTo(4_900);
  }

  @Test
  void cannotBeChanged() {
    assertThatThrownBy(() -> Presets.byName().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static RateLimitConfig perMinute(long permits, long burst) {
    return RateLimitConfig.of(permits, Duration.ofMinutes(1)).withBurst(burst);
  }
}
