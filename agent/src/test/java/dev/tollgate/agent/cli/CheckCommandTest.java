package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir Path folder;

  @Test
  void saysOkAndShowsTheLimitersAndTheHealthThatResult() throws IOException {
    Path file =
        write(
            """
            tollgate.limiters {
              github_api { permits = 70, timeout = 1m }
              billing { permits = 500, period = 1s, burst = 50, mode = observe }
            }
            """);
    CommandLineResult result = CommandLineResult.of("check", file.toString());

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsExactly(
            file + ": OK",
            "",
            "limiter            permits   period   burst   capacity   timeout      mode",
            "github_api              70       1m      20         90        1m   enforce",
            "billing                500       1s      50        550       30s   observe",
            "mcp_tools               60       1m      10         70       30s   enforce",
            "web_research            30       1m      10         40       30s   enforce",
            "skill_operations       120       1m      20        140       30s   enforce",
            "filesystem             300       1m      50        350       30s   enforce",
            "",
            "health         degraded           critical   not ready",
            "disk     < 5GB or < 20%     < 1GB or < 10%     < 100MB",
            "memory   < 1GB or < 20%   < 500MB or < 10%     < 100MB",
            "",
            "disks: .",
            "caches: degraded below 30% hits in at least 100 requests",
            "limiters: degraded above 50% refused of at least 20 calls in a minute",
            "tools: git, gh; required: none",
            "checks: every 10s, for at most 5s, unless they say otherwise");
  }

  @Test
  void showsWhatIsSaidOfHealth() throws IOException {
    CommandLineResult result =
        check(
            """
            tollgate.health {
              interval = 1m
              disk { paths = [".", "/"], degraded-free = 1.5GB, critical-free = 0 }
              disk { critical-share = 12.5%, ready-free = 7B }
              memory { degraded-free = 1.5GiB, degraded-share = 100%, critical-share = 0% }
              memory.ready-free = 0
              tools = [], required-tools = [git, docker]
              checks {
                "cache:recipes" { interval = 250ms, failures = 3 }
                api { timeout = 1d, critical = false, successes = 2 }
              }
            }
            """);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .containsSubsequence(
            "health              degraded   critical   not ready",
            "disk       < 1500MB or < 20%    < 12.5%        < 7B",
            "memory   < 1536MiB or < 100%    < 500MB       never",
            "disks: ., /",
            "tools: none; required: git, docker",
            "checks: every 1m, for at most 5s, unless they say otherwise",
            "",
            "check           interval   timeout   critical   failures   successes",
            "api                  own        1d      false        own           2",
            "cache:recipes      250ms       own        own          3         own");
  }

  @Test
  void ofHealthThatIsOffItSaysThatAlone() throws IOException {
    CommandLineResult result =
        check("tollgate.health { enabled = false, checks.disk.interval = 5s }");

    assertThat(result.out())
        .contains("health.enabled = false: there will be no health checks")
        .noneMatch(line -> line.startsWith("disk"));
  }

  @Test
  void anIncompleteLimiterShowsWhatIsKnownOfIt() throws IOException {
    CommandLineResult result = check("tollgate.limiters.half { burst = 7, timeout = 1250ms }");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .anyMatch(line -> line.matches("half +\\? +\\? +7 +\\? +1250ms +\\?"))
        .contains("half is incomplete: an annotation or the program has to define the rest");
  }

  @Test
  void saysWhatFewConfigurationsHave() throws IOException {
    CommandLineResult result =
        check(
            """
            tollgate {
              limiters.github_api { warm-up = 90s, max-keys = 7 }
              limiters.mcp_tools.warm-up = 0
              reload = 5s
            }
            """);

    assertThat(result.out())
        .containsSequence(
            "github_api warms up in 90s",
            "github_api has buckets of their own for 7 keys",
            "reload: the file is looked at every 5s while the program runs")
        .noneMatch(line -> line.startsWith("mcp_tools warms"));
  }

  @Test
  void aRuleWhoseLimiterMayBeATypingErrorIsNoted() throws IOException {
    CommandLineResult result =
        check(
            """
            tollgate.rules = [
              { method = "a.B#c", limiter = github_ap }
              { method = "a.B#d", limiter = github_ap }
              { method = "a.B#e", limiter = github_api }
            ]
            """);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .filteredOn(line -> line.contains("rule"))
        .containsExactly(
            "github_ap is named by a rule and defined nowhere here: an annotation or the program"
                + " has to define it");
  }

  @Test
  void saysWhatWillNotBeDone() throws IOException {
    CommandLineResult result =
        check(
            """
            tollgate {
              enabled = false
            }
            """);

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("enabled = false: the agent will do nothing at all");
  }

  @Test
  void aRuleThatWouldBiteTheJvmsTailIsAnErrorThatSaysSo() throws IOException {
    CommandLineResult result =
        check(
            """
            tollgate {
              rules = [ { method = "java.util.List#add", limiter = github_api } ]
            }
            """);

    assertThat(result.exit()).isNotZero();
    assertThat(result.err())
        .singleElement()
        .asString()
        .contains(
            ":2: tollgate.rules[0].method is java.util.List#add; the JVM and Tollgate run on"
                + " java.util, which can't be limited; name a method that calls it");
  }

  @Test
  void anErrorIsOneLineOnStandardError() throws IOException {
    CommandLineResult result = check("tollgate {\n  limiters.a.permits = 0\n}");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).singleElement().asString().contains("t.conf:2", "permits");
  }

  @Test
  void aFileThatIsNotThereIsAnErrorToo() {
    CommandLineResult result = CommandLineResult.of("check", folder + "/absent.conf");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).singleElement().asString().contains("absent.conf");
  }

  private CommandLineResult check(String text) throws IOException {
    return CommandLineResult.of("check", write(text).toString());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("t.conf"), text);
  }
}
