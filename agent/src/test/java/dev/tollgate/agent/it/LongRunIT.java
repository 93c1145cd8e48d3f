package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/**
 * Limited calls, class loaders that come and go, other limits, and an agent that leaves and comes
 * back, for as long as property {@code tollgate.long-run.seconds} says: nothing grows.
 *
 * <p>Begins first, on all JDKs at once, and takes no time of other tests': these JVMs mostly wait
 * for permits, and whoever waits for a future on a thread of JUnit's pool is replaced there.
 */
@OnEachJdk
@Order(1)
class LongRunIT {
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("tollgate.long-run.seconds", 120));

  /** Three thirds: one to get warm in, and two to compare, with some departures in each. */
  private static final int FEWEST_ROUNDS = 90;

  private static final int ROUNDS_BETWEEN_DEPARTURES = 5;

  /** Less than a class, or than a loader and its objects, takes. */
  private static final int HEAP_A_ROUND = 3_000;

  private static final int METASPACE_A_ROUND = 1_000;

  /**
   * On 17 this much stays each time that the agent leaves and comes back; of changing the classes
   * alone, or of attaching alone, nothing does. On 25 nothing stays at all.
   */
  private static final int METASPACE_A_DEPARTURE_ON_17 = 25_000;

  private static final Map<Jdk, CompletableFuture<List<Measured>>> RUNS = new ConcurrentHashMap<>();

  @TempDir static Path folder;

  @Parameter Jdk jdk;

  @BeforeAll
  static void begin() {
    for (Jdk jdk : Jdks.all()) {
      CompletableFuture<List<Measured>> run = new CompletableFuture<>();
      RUNS.put(jdk, run);
      Thread thread =
          new Thread(
              () -> {
                try {
                  run.complete(run(jdk));
                } catch (Throwable e) {
                  run.completeExceptionally(e);
                }
              },
              "long run on " + jdk);
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Test
  void nothingGrows() {
    jdk.tool("java");
    List<Measured> rounds = RUNS.get(jdk).join();

    int third = rounds.size() / 3;
    Measured before = Measured.least(rounds.subList(third, 2 * third));
    Measured after = Measured.least(rounds.subList(2 * third, 3 * third));
    System.out.println(
        jdk + ", " + rounds.size() + " rounds: " + rounds.get(0) + ", " + before + ", " + after);
    int departures = third / ROUNDS_BETWEEN_DEPARTURES;
    assertThat(after.heap() - before.heap())
        .as("heap: %s", rounds)
        .isLessThan((long) HEAP_A_ROUND * third);
    assertThat(after.metaspace() - before.metaspace())
        .as("metaspace: %s", rounds)
        .isLessThan(
            (long) METASPACE_A_ROUND * third
                + (jdk.feature() < 25 ? (long) METASPACE_A_DEPARTURE_ON_17 * departures : 0));
    // Some come and go, but not one for each departure, nor for each round.
    assertThat(after.threads() - before.threads())
        .as("threads: %s", rounds)
        .isLessThan(departures / 2);
    assertThat(after.files() - before.files())
        .as("file descriptors: %s", rounds)
        .isLessThan(departures / 2);
  }

  private static List<Measured> run(Jdk jdk) throws Exception {
    Path settings =
        Files.writeString(
            folder.resolve("long" + jdk.feature() + ".conf"),
            """
            tollgate {
              reload = 1s
              quiet = true
              limiters.fast { permits = 4000, period = 1s }
              limiters.many { permits = 1000000, period = 1s }
              limiters.none { permits = 1, period = 366d }
            }
            """);
    Path app = Programs.compile(Programs.source("WebApp.java"));
    // Its own call sites would be linked again with each change of its classes, and add up.
    Path program =
        Programs.compile(
            List.of(
                "-XDstringConcat=inline",
                "--class-path",
                Programs.path(Artifacts.ANNOTATIONS, Artifacts.RUNTIME)),
            Programs.source("LongRun.java"));
    List<Measured> rounds = new ArrayList<>();
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("config=" + settings)
            .option("-XX:SoftRefLRUPolicyMSPerMB=0")
            .program(program)
            .main("LongRun", settings.toString(), app + "/")
            .main(Artifacts.ANNOTATIONS.toString(), Artifacts.RUNTIME.toString())
            .start()) {
      Deadline end = Deadline.in(TIME);
      while (rounds.size() < FEWEST_ROUNDS || !end.isOver()) {
        rounds.add(Measured.of(jvm.ask("round")));
        if (rounds.size() % ROUNDS_BETWEEN_DEPARTURES == 0) {
          leaveAndComeBack(jvm, settings);
        }
      }
      jvm.end().ok();
    }
    return rounds;
  }

  /** As the commands do that; they would each be a JVM more. */
  private static void leaveAndComeBack(RunningJvm jvm, Path settings) throws Exception {
    try (Jmx jmx = Jmx.of(jvm)) {
      jmx.await(Jmx.agent(), Duration.ofSeconds(20));
      VirtualMachine attached = VirtualMachine.attach(jvm.pid());
      try {
        Object[] key = {attached.getAgentProperties().getProperty("dev.tollgate.detach.key")};
        jmx.connection().invoke(Jmx.agent(), "detach", key, new String[] {String.class.getName()});
        attached.loadAgent(Artifacts.AGENT.toString(), "config=" + settings);
      } finally {
        attached.detach();
      }
      jmx.await(Jmx.agent(), Duration.ofSeconds(20));
    }
  }

  /** What the program found after a round. */
  private record Measured(long heap, long metaspace, int threads, int files) {
    static Measured of(String line) {
      String[] numbers = line.split(" ");
      return new Measured(
          Long.parseLong(numbers[0]),
          Long.parseLong(numbers[1]),
          Integer.parseInt(numbers[2]),
          Integer.parseInt(numbers[3]));
    }

    /** Of each, the least: what is there for a moment is no growth. */
    static Measured least(List<Measured> rounds) {
      return rounds.stream()
          .reduce(
              (one, other) ->
                  new Measured(
                      Math.min(one.heap, other.heap),
                      Math.min(one.metaspace, other.metaspace),
                      Math.min(one.threads, other.threads),
                      Math.min(one.files, other.files)))
          .orElseThrow();
    }
  }
}
