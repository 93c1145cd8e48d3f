package dev.tollgate.agent.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.config.ConfigFiles;
import dev.tollgate.config.FileReading;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {
  private static final String FAILED = "tollgate: not reloaded, the limits stay as they are: ";
  private static final String BILLING = "tollgate { reload = 5s, limiters.billing ";

  private final ByteArrayOutputStream onErr = new ByteArrayOutputStream();
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  /** Happens while a file is given time to settle. */
  private Step whileSettling = () -> {};

  private FileReading reading = FileReading.ofFiles();
  private String arguments;
  private LimiterRegistry registry;
  private AgentReport report;
  @TempDir Path folder;
  private Path conf;

  @BeforeEach
  void listen() {
    conf = folder.resolve("t.conf");
    arguments = "config=" + conf;
  }

  @Test
  void putsAChangeIntoForceAndTellsItInOneLine() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m, burst = 20 } }");
    watch(
        () -> {},
        () -> write(BILLING + "{ permits = 40, period = 1m, timeout = 5s } }"),
        () -> assertThat(limits("billing").permits()).isEqualTo(40),
        () -> {});

    assertThat(told())
        .containsExactly(
            "tollgate: reloaded "
                + conf
                + ": billing 80/1m -> 40/1m, burst 20 -> 0, timeout 30s"
                + " -> 5s");
  }

  @Test
  void saysNothingWhereNothingChanges() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    watch(
        () -> {},
        () -> Files.setLastModifiedTime(conf, FileTime.fromMillis(5)),
        () -> write(BILLING + "{ permits = 80, period = 60s } } # the same"));

    assertThat(told()).isEmpty();
  }

  @Test
  void aChangeSinceTheStartIsSeenAtTheFirstLook() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    watch(() -> write(BILLING + "{ permits = 81, period = 1m } }"));

    assertThat(limits("billing").permits()).isEqualTo(81);
  }

  @Test
  void aChangeThatKeepsSizeAndTimeIsSeen() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    FileTime time = Files.getLastModifiedTime(conf);
    watch(
        () -> {},
        () -> {
          write(BILLING + "{ permits = 79, period = 1m } }");
          Files.setLastModifiedTime(conf, time);
        });

    assertThat(limits("billing").permits()).isEqualTo(79);
  }

  @Test
  void limitersComeAndGo() throws Exception {
    write("tollgate.limiters { old { permits = 5, period = 1m }, github_api.permits = 1 }");
    watch(
        () -> write("tollgate.limiters.fresh { permits = 10, period = 1s }"),
        () -> assertThat(limits("old").permits()).isEqualTo(5));

    assertThat(told())
        .containsExactly(
            "tollgate: reloaded "
                + conf
                + ": fresh defined, 10/1s; github_api 1/1m -> 80/1m; old is"
                + " defined nowhere any longer and stays 5/1m");
    assertThat(limits("fresh").permits()).isEqualTo(10);
  }

  @Test
  void argumentsAndThePropertiesOfTheStartWinAgain() throws Exception {
    arguments = arguments + ",limiters.billing.burst=7";
    properties.setProperty("tollgate.limiters.billing.timeout", "7s");
    write(BILLING + "{ permits = 80, period = 1m } }");
    watch(
        () -> {
          properties.setProperty("tollgate.limiters.billing.timeout", "9s");
          write(BILLING + "{ permits = 70, period = 1m, burst = 1, timeout = 1s } }");
        });

    assertThat(limits("billing"))
        .isEqualTo(
            RateLimitConfig.of(70, Duration.ofMinutes(1))
                .withBurst(7)
                .withTimeout(Duration.ofSeconds(7)));
  }

  @Test
  void otherKeysCountFromTheNextStartAndAreToldOnce() throws Exception {
    write("tollgate { reload = 5s, jmx.operations = false }");
    watch(
        () -> write("tollgate { reload = off, jmx.operations = true, health.interval = 1m }"),
        () -> write("tollgate { reload = off, jmx.operations = true, health.interval = 1m } #"),
        () -> write("tollgate { reload = 5s, jmx.operations = true, health.interval = 1m }"),
        () -> {});

    assertThat(told())
        .containsExactly(
            "tollgate: reloaded "
                + conf
                + ": from the next start on: jmx.operations, reload, health");
  }

  @Test
  void whatIsWrongChangesNothingAndIsToldOnceForEachContent() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    String wrong = BILLING + "{ permits = 40, period = 1m }\n mcp_tools.permits = 0 }";
    watch(
        () -> write(wrong),
        () -> assertThat(limits("billing").permits()).isEqualTo(80),
        () -> write(wrong + " # still"),
        () -> {},
        () -> write("tollgate {"),
        () -> write(BILLING + "{ permits = 30, period = 1m } }"),
        () -> assertThat(limits("billing").permits()).isEqualTo(30),
        () -> write(wrong));

    // mcp_tools stands outside of limiters: an unknown key.
    assertThat(told())
        .hasSize(5)
        .satisfies(
            lines -> {
              String first = FAILED + conf + ":2: unknown key tollgate.mcp_tools; known here are ";
              assertThat(lines.get(0)).startsWith(first);
              assertThat(lines.get(1)).startsWith(first);
              assertThat(lines.get(2)).startsWith(FAILED + conf + ":1: ");
              assertThat(lines.get(3)).startsWith("tollgate: reloaded ");
              assertThat(lines.get(4)).startsWith(first);
            });
  }

  @Test
  void whatIsWrongIsShownForAsLongAsItIsSo() throws Exception {
    String right = BILLING + "{ permits = 80, period = 1m } }";
    write(right);
    watch(
        () -> assertThat(report.reloadFailure()).isEmpty(),
        () -> write("tollgate {"),
        () -> assertThat(report.reloadFailure()).startsWith(conf + ":1: the file ends where"),
        () -> Files.delete(conf),
        () -> assertThat(report.reloadFailure()).isEqualTo(conf + " does not exist"),
        () -> write(right),
        () -> assertThat(report.reloadFailure()).as("as before").isEmpty(),
        () -> write("tollgate {"),
        () -> assertThat(report.reloadFailure()).isNotEmpty(),
        () -> write(BILLING + "{ permits = 30, period = 1m } }"),
        () -> assertThat(report.reloadFailure()).as("another").isEmpty());
  }

  @Test
  void aValueThatTheProgramsLimiterCanNotHaveIsToldWithTheFile() throws Exception {
    write(BILLING + "{ timeout = 1s } }");
    load();
    registry.register("billing", RateLimitConfig.of(80, Duration.ofMinutes(1)));
    run(() -> write(BILLING + "{ period = 10ns } }"), () -> {});

    assertThat(told())
        .singleElement()
        .asString()
        .startsWith(FAILED + conf + ": limiter 'billing': permits is 80; it must be at most one");
  }

  @Test
  void aFileThatIsGoneIsToldOnceAndLookedForAgain() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    watch(
        () -> Files.delete(conf),
        () -> assertThat(limits("billing").permits()).isEqualTo(80),
        () -> {},
        () -> write(BILLING + "{ permits = 30, period = 1m } }"));

    assertThat(told())
        .containsExactly(
            FAILED + conf + " does not exist",
            "tollgate: reloaded " + conf + ": billing 80/1m -> 30/1m");
  }

  @Test
  void anotherResourceThanTheOneLookedAtIsNotPutIntoForce() throws Exception {
    arguments = null;
    conf = folder.resolve("tollgate.conf");
    write(BILLING + "{ permits = 80, period = 1m } }");
    Path earlier = Files.createDirectory(folder.resolve("earlier")).resolve("tollgate.conf");
    watch(() -> Files.writeString(earlier, "tollgate.quiet = true"));

    assertThat(limits("billing").permits()).isEqualTo(80);
    assertThat(told())
        .containsExactly(FAILED + conf + " is no longer where the configuration comes from");
  }

  @Test
  void whatIsBrokenOutsideTheFileIsTriedAgain() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    Path part = folder.resolve("part.conf");
    watch(
        () -> write("include required(file(\"" + part + "\"))"),
        () -> {},
        () -> Files.writeString(part, BILLING + "{ permits = 30, period = 1m } }"));

    assertThat(limits("billing").permits()).isEqualTo(30);
    assertThat(told()).hasSize(2);
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftAloneUntilItIs() throws Exception {
    conf = folder.resolve("t.properties");
    arguments = "config=" + conf;
    String half = "tollgate.limiters.a.permits=1\ntollgate.limiters.a.period=1s\n";
    String whole = half + "tollgate.limiters.github_api.permits=7\n";
    write(whole);
    watch(
        () -> {},
        () -> {
          write(half);
          whileSettling = () -> write(half + "# On.\n");
        },
        () -> {
          write(whole + "# End.\n");
          whileSettling = () -> {};
        });

    assertThat(told()).as("half of it would have changed github_api").isEmpty();
  }

  @Test
  void aChangeOfAnIncludedFileIsSeen() throws Exception {
    Path part = folder.resolve("part.conf");
    Files.writeString(part, BILLING + "{ permits = 80, period = 1m } }");
    write("include \"part.conf\"\ninclude \"later.conf\"\ntollgate.quiet = false");
    watch(
        () -> {},
        () -> Files.writeString(part, BILLING + "{ permits = 70, period = 1m } }"),
        () -> assertThat(limits("billing").permits()).isEqualTo(70),
        () ->
            Files.writeString(
                folder.resolve("later.conf"), "tollgate.limiters.billing.permits = 60"),
        () -> assertThat(limits("billing").permits()).as("a file that has come").isEqualTo(60));
  }

  @Test
  void aPipeInThePlaceOfTheFileChangesNothingAndIsTold() throws Exception {
    write(BILLING + "{ permits = 80, period = 1m } }");
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.isReadable(zero), "needs /dev/zero");
    watch(
        () -> {},
        () -> {
          Files.delete(conf);
          Files.createSymbolicLink(conf, zero);
        },
        () -> assertThat(limits("billing").permits()).isEqualTo(80));

    assertThat(told()).singleElement().asString().contains("is no regular file");
  }

  /**
   * A file that changes at each possible moment: before each of the reads that there are, and back
   * again. However it goes, in the end that is in force which the file holds.
   */
  @Test
  void whenTheFileChangesBetweenReadsTheLastContentIsInForceInTheEnd() throws Exception {
    for (int changes = 0; changes < 1 << 10; changes++) {
      onErr.reset();
      write(BILLING + "{ permits = 80, period = 1m } }");
      int when = changes;
      int[] reads = {0};
      FileReading disk = FileReading.ofFiles();
      reading =
          (file, most) -> {
            int read = reads[0]++;
            if (read < 10 && (when >> read & 1) != 0) {
              int permits = 1 + (read * 7 + when) % 3;
              write(BILLING + "{ permits = " + permits + ", period = 1m } }");
            }
            return disk.read(file, most);
          };
      Step[] looks = new Step[16];
      Arrays.fill(looks, (Step) () -> {});
      watch(looks);

      assertThat(Files.readString(conf))
          .as("changes %s", Integer.toBinaryString(changes))
          .contains("permits = " + limits("billing").permits() + ",");
    }
  }

  @Test
  void aLinkThatIsSwappedIsFollowed() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..1"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    Files.writeString(first.resolve("t.conf"), BILLING + "{ permits = 80, period = 1m } }");
    Files.writeString(second.resolve("t.conf"), BILLING + "{ permits = 40, period = 1m } }");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first);
    Files.createSymbolicLink(conf, Path.of("..data", "t.conf"));
    watch(
        () -> {},
        () -> {
          Path next = Files.createSymbolicLink(folder.resolve("..next"), second);
          Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        });

    assertThat(limits("billing").permits()).isEqualTo(40);
  }

  private void watch(Step... steps) throws Exception {
    load();
    run(steps);
  }

  private TollgateSettings settings;
  private SettingsSource source;

  private void load() throws IOException {
    URL earlier = folder.resolve("earlier/").toUri().toURL();
    URL[] classPath = {earlier, folder.toUri().toURL()};
    ClassLoader resources = new URLClassLoader(classPath, null);
    source = new SettingsSource(arguments, properties, environment, resources);
    settings = source.load(new ConfigFiles());
    registry = new LimiterRegistry(Ticker.system(), settings.limiters());
    report = new AgentReport("1", settings.source(), registry, true);
  }

  /** Each step happens between two looks, and ends with one. */
  private void run(Step... steps) throws Exception {
    ArrayDeque<Step> left = new ArrayDeque<>(List.of(steps));
    Pause pause =
        millis -> {
          if (millis != settings.reload().toMillis()) {
            perform(whileSettling);
          } else if (left.isEmpty()) {
            throw new InterruptedException();
          } else {
            perform(left.remove());
          }
        };
    File file = Objects.requireNonNull(settings.file());
    Console console = new Console(settings.quiet(), onErr);
    new ConfigWatcher(file, settings, source, registry, report, console, reading, pause).run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(left).isEmpty();
  }

  private static void perform(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(conf, text);
  }

  private RateLimitConfig limits(String name) {
    return registry.get(name).config();
  }

  private List<String> told() {
    return onErr.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private interface Step {
    void run() throws Exception;
  }
}
