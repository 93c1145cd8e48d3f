package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/**
 * Limited calls, class loaders that come and go, other limits, and an agent that leaves and comes
 * back, for as long as property {@code tollgate.long-run.seconds} says: nothing grows.
 */
@OnEachJdk
class LongRunIT {
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("tollgate.long-run.seconds", 30));

  /** On 17 the JVM keeps some 20 KB of each change of a class, so not as often as it can. */
  private static final Duration BETWEEN_DETACHES = TIME.dividedBy(30);

  /** A half to get warm in, and two quarters to compare. */
  private static final int FEWEST_ROUNDS = 12;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void nothingGrows() throws Exception {
    Path settings =
        Files.writeString(
            folder.resolve("long.conf"),
            """
            tollgate {
              reload = 1s
              quiet = true
              limiters.fast { permits = 50000, period = 1s }
              limiters.many { permits = 1000000, period = 1s }
              limiters.none { permits = 1, period = 366d }
            }
            """);
    Path app = Programs.compile(Programs.source("WebApp.java"));
    List<Measured> rounds = new ArrayList<>();
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("config=" + settings)
            .option("-XX:SoftRefLRUPolicyMSPerMB=0")
            .program(Programs.compile(Programs.source("LongRun.java")))
            .main("LongRun", settings.toString(), app + "/")
            .main(Artifacts.ANNOTATIONS.toString(), Artifacts.RUNTIME.toString())
            .start()) {
      Deadline end = Deadline.in(TIME);
      Deadline detach = Deadline.in(BETWEEN_DETACHES);
      while (rounds.size() < FEWEST_ROUNDS || !end.isOver()) {
        rounds.add(Measured.of(jvm.ask("round")));
        if (detach.isOver()) {
          CommandLine.on(jdk, "detach", jvm).run().ok();
          CommandLine.on(jdk, "attach", jvm, "config=" + settings).run().ok();
          detach = Deadline.in(BETWEEN_DETACHES);
        }
      }
      jvm.end().ok();
    }

    int quarter = rounds.size() / 4;
    List<Measured> before = rounds.subList(2 * quarter, 3 * quarter);
    List<Measured> after = rounds.subList(3 * quarter, rounds.size());
    System.out.println(jdk + ", " + rounds.size() + " rounds: " + before + " then " + after);
    assertThat(least(after, Measured.HEAP) - least(before, Measured.HEAP))
        .as("heap: %s", rounds)
        .isLessThan(500_000);
    assertThat(least(after, Measured.METASPACE) - least(before, Measured.METASPACE))
        .as("metaspace: %s", rounds)
        .isLessThan(1_000_000);
    assertThat(least(after, Measured.THREADS))
        .as("threads: %s", rounds)
        .isLessThanOrEqualTo(most(before, Measured.THREADS));
    assertThat(least(after, Measured.FILES))
        .as("file descriptors: %s", rounds)
        .isLessThanOrEqualTo(most(before, Measured.FILES));
  }

  private static long least(List<Measured> rounds, int what) {
    return values(rounds, what).min().orElseThrow();
  }

  private static long most(List<Measured> rounds, int what) {
    return values(rounds, what).max().orElseThrow();
  }

  private static LongStream values(List<Measured> rounds, int what) {
    return rounds.stream().mapToLong(round -> round.numbers().get(what));
  }

  /** What the program found after a round, in this order. */
  private record Measured(List<Long> numbers) {
    static final int HEAP = 0;
    static final int METASPACE = 1;
    static final int THREADS = 2;
    static final int FILES = 3;

    static Measured of(String line) {
      return new Measured(List.of(line.split(" ")).stream().map(Long::valueOf).toList());
    }

    @Override
    public String toString() {
      return numbers.toString();
    }
  }
}
