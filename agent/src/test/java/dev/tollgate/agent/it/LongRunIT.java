package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
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

  /**
   * What grows with the rounds grows in each part of them; what the JVM makes once, and late, in
   * one. A third of them is to get warm in.
   */
  private static final int PARTS = 9;

  private static final int WARM_UP = PARTS / 3;

  /** With some departures in each part. */
  private static final int FEWEST_ROUNDS = 90;

  private static final int ROUNDS_BETWEEN_DEPARTURES = 2;

  /** Less than a loader and its objects take. */
  private static final int HEAP_A_ROUND = 3_000;

  /** Less than the smallest class takes, which has 870. */
  private static final int METASPACE_A_DEPARTURE = 600;

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

    int part = rounds.size() / PARTS;
    List<Measured> parts = new ArrayList<>();
    for (int i = WARM_UP; i < PARTS; i++) {
      parts.add(Measured.least(rounds.subList(i * part, (i + 1) * part)));
    }
    System.out.println(jdk + ", " + rounds.size() + " rounds: " + rounds.get(0) + ", " + parts);
    int departures = part / ROUNDS_BETWEEN_DEPARTURES;
    assertThat(growth(parts, Measured::heap))
        .as("heap: %s", rounds)
        .isLessThan((long) HEAP_A_ROUND * part);
    assertThat(growth(parts, Measured::metaspace))
        .as("metaspace: %s", rounds)
        .isLessThan((long) METASPACE_A_DEPARTURE * departures);
    // Some come and go, but not one for each departure, nor for each round.
    assertThat(growth(parts, Measured::threads))
        .as("threads: %s", rounds)
        .isLessThan(departures / 2);
    assertThat(growth(parts, Measured::files))
        .as("file descriptors: %s", rounds)
        .isLessThan(departures / 2);
  }

  /** From one part to the next: the median. */
  private static long growth(List<Measured> parts, ToLongFunction<Measured> measured) {
    long[] each = new long[parts.size() - 1];
    for (int i = 0; i < each.length; i++) {
      each[i] = measured.applyAsLong(parts.get(i + 1)) - measured.applyAsLong(parts.get(i));
    }
    Arrays.sort(each);
    return each[each.length / 2];
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
            .option(flat(jdk))
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

  /**
   * What compiled code refers to of classes that have been changed goes when that code goes: with
   * each collection of garbage, or, before 20, when a sweeper gets to it, as it does here at once.
   * And before 18 a method that is called by reflection again and again gets a class.
   */
  private static String[] flat(Jdk jdk) {
    return jdk.feature() < 20
        ? new String[] {"-XX:SweeperThreshold=0", "-Dsun.reflect.inflationThreshold=1000000000"}
        : new String[0];
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
