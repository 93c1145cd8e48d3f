package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be limited is limited, and what can't, or not as asked, shows in the agent's bean. */
@OnEachJdk
class MissedIT {
  private static final String CONTINUATION =
      "package kotlin.coroutines; public interface Continuation<T> {}";

  private static final Map<Jdk, Seen> SEEN = new HashMap<>();

  @Parameter Jdk jdk;

  @ParameterizedTest
  @CsvSource({
    "nativeMethod, Misses$Native, native",
    "suspendFunction, Misses$Suspend, suspend",
    "weighted, Misses$Parameters, @Weight",
    "keyed, Misses$Parameters, @LimitKey",
    "useless, Misses$Parameters, @Weight does nothing",
    "withFallback, Misses$Attributes, fallback",
    "badTimeout, Misses$Attributes, timeout",
    "negativeTimeout, Misses$Attributes, timeout",
    "negativeWeight, Misses$Attributes, weight",
    "noPeriod, Misses$Definitions, period",
    "negativePermits, Misses$Definitions, -5",
    "noUnit, Misses$Definitions, unit",
    "onlyBurst, Misses$Definitions, permits",
    "contradiction, Misses$Definitions, twice",
    "unknownLimiter, Misses$Unknown, nobodys",
    "tooOld, Old, 50"
  })
  void isShown(String method, String type, String why) throws Exception {
    assertThat(seen().missed)
        .filteredOn(row -> row.get("class").equals(type))
        .filteredOn(row -> row.get("method").matches(method + "\\b.*"))
        .singleElement()
        .satisfies(row -> assertThat(row.get("why")).containsIgnoringCase(why));
  }

  @Test
  void lambdasOfAnAnnotatedInterfaceAreShownWhereTheyAreMade() throws Exception {
    assertThat(seen().missed)
        .filteredOn(row -> row.get("why").startsWith("a lambda"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.get("class")).isEqualTo("Misses");
              assertThat(row.get("method")).startsWith("lambda$main$");
              assertThat(row.get("why")).contains("by the annotation of Misses$Face,");
            });
  }

  @Test
  void nothingElseIsShown() throws Exception {
    assertThat(seen().missed)
        .hasSize(18)
        .allMatch(row -> row.keySet().equals(Set.of("class", "method", "why")));
  }

  @Test
  void eachMissIsALineOnStderrToo() throws Exception {
    assertThat(seen().err)
        .as("an annotation that does nothing must be seen")
        .filteredOn(line -> line.contains("missed"))
        .hasSizeGreaterThanOrEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({
    "abstract, 1",
    "besideAbstract, 1",
    "abstractOfFace, 0",
    "besideAbstractOfFace, 1",
    "native, 0 UnsatisfiedLinkError",
    "besideNative, 1",
    "suspend, 0",
    "continuationFirst, 1",
    "future, 1",
    "stage, 1",
    "repeated, 1",
    "repeatedType, 1",
    "weighted, 1",
    "keyed, 1",
    "fallback, 1",
    "badTimeout, 1",
    "negativeTimeout, 1",
    "negativeWeight, 1",
    "noPeriod, 1",
    "negativePermits, 1",
    "noUnit, 1",
    "onlyBurst, 1",
    "synchronized, 1",
    "unknown, 0 UnknownLimiterException",
    "old, 0",
    "seven, 1",
    "sevenType, 1"
  })
  void isLimitedWhereItCanBe(String what, String charge) throws Exception {
    assertThat(seen().charged).containsEntry(what, charge);
  }

  @Test
  void anUnknownLimiterIsShownNoLongerThanItIsUnknown() throws Exception {
    assertThat(seen().missedOnceDefined)
        .hasSize(17)
        .noneMatch(row -> row.get("class").endsWith("Unknown"));
  }

  @Test
  void wovenNotesTheMonitorThatIsHeldWhileWaiting() throws Exception {
    assertThat(seen().woven)
        .filteredOn(row -> row.get("method").startsWith("monitor"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("class")).isEqualTo("Misses$Synchronized");
              assertThat(row.get("limiter")).isEqualTo("count");
              assertThat(row.get("loader")).isNotBlank();
              assertThat(row.get("note")).contains("monitor");
            });
    assertThat(seen().woven)
        .filteredOn(row -> row.get("method").startsWith("besideNative"))
        .singleElement()
        .satisfies(row -> assertThat(row.get("note")).isEmpty());
  }

  @Test
  void wovenDoesNotClaimWhatWasMissed() throws Exception {
    assertThat(seen().woven)
        .extracting(row -> row.get("method").replaceAll("\\(.*", ""))
        .doesNotContain("abstractOfFace", "nativeMethod", "suspendFunction", "tooOld")
        .contains(
            "abstractMethod",
            "besideAbstract",
            "besideAbstractOfFace",
            "sevenIsEnough",
            "repeated");
  }

  private Seen seen() throws Exception {
    synchronized (SEEN) {
      Seen seen = SEEN.get(jdk);
      if (seen == null) {
        seen = run();
        SEEN.put(jdk, seen);
      }
      return seen;
    }
  }

  private Seen run() throws Exception {
    try (RunningJvm jvm = Jvm.on(jdk).agent("").program(program()).main("Misses").start()) {
      Map<String, String> charged = new HashMap<>();
      for (String line = jvm.nextLine(); !line.equals("ready"); line = jvm.nextLine()) {
        charged.put(line.split(" ")[0], line.substring(line.indexOf(' ') + 1));
      }
      try (Jmx jmx = Jmx.of(jvm)) {
        List<Map<String, String>> missed = jmx.table("Missed");
        List<Map<String, String>> woven = jmx.table("Woven");
        assertThat(jvm.ask("")).isEqualTo("defined");
        jmx.await(Jmx.limiter("nobodys"), Duration.ofSeconds(2));
        return new Seen(charged, missed, woven, jmx.table("Missed"), jvm.err());
      }
    }
  }

  private static Path program() throws IOException {
    Path classes = Programs.compile(Programs.source("Misses.java"), CONTINUATION);
    setVersion(classes.resolve("Old.class"), 50);
    setVersion(classes.resolve("Seven.class"), 51);
    setVersion(classes.resolve("SevenType.class"), 51);
    return classes;
  }

  /** Major versions stand in bytes 6 and 7 of a class file. */
  private static void setVersion(Path classFile, int version) throws IOException {
    byte[] bytes = Files.readAllBytes(classFile);
    bytes[7] = (byte) version;
    Files.write(classFile, bytes);
  }

  /** What one run of the program has shown; {@code charged} is by case, tables are by row. */
  private record Seen(
      Map<String, String> charged,
      List<Map<String, String>> missed,
      List<Map<String, String>> woven,
      List<Map<String, String>> missedOnceDefined,
      List<String> err) {}
}
