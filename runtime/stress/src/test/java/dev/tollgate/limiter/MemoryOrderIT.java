package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs the jcstress tests beside this one: two threads at one bucket, millions of times each. What
 * a test doesn't list as acceptable is forbidden.
 */
class MemoryOrderIT {
  private static final String ARGUMENTS = System.getProperty("jcstress.arguments", "-m quick");

  @TestFactory
  Stream<DynamicTest> twoThreadsSeeNothingForbidden() throws Exception {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return Stream.of(dynamicTest("skipped", MemoryOrderIT::skip));
    }
    Map<String, List<TestResult>> results =
        Jcstress.run(List.of(ARGUMENTS.split(" "))).stream()
            .collect(Collectors.groupingBy(TestResult::getName));
    say(results);
    return new TreeSet<>(TestList.tests())
        .stream()
            .map(
                name ->
                    dynamicTest(name, () -> check(name, results.getOrDefault(name, List.of()))));
  }

  /** Says why itself: the build doesn't print the reason. */
  private static void skip() {
    String reason = "jcstress needs two processors, and there is one";
    System.out.println("SKIPPED: " + reason);
    abort(reason);
  }

  private static void check(String name, List<TestResult> results) {
    assertThat(results).as("runs of " + name).isNotEmpty();
    for (TestResult result : results) {
      // A class that is missing counts as skipped there, and as a failure here.
      assertThat(result.status()).as(() -> because(result)).isEqualTo(Status.NORMAL);
      assertThat(result.grading().failureMessages).as(() -> because(result)).isEmpty();
      assertThat(result.grading().isPassed).as(() -> because(result)).isTrue();
      assertThat(result.getTotalCount()).as(() -> because(result)).isPositive();
    }
  }

  private static String because(TestResult result) {
    return "%s in a JVM with %s; see %s; %s"
        .formatted(
            result.getName(),
            result.getConfig().jvmArgs,
            Jcstress.DIRECTORY.resolve("console.txt"),
            String.join("\n", result.getMessages()));
  }

  private static void say(Map<String, List<TestResult>> results) {
    long samples = 0;
    long runs = 0;
    long passed = 0;
    for (List<TestResult> ofOne : results.values()) {
      runs += ofOne.size();
      samples += ofOne.stream().mapToLong(TestResult::getTotalCount).sum();
      if (ofOne.stream().allMatch(MemoryOrderIT::hasPassed)) {
        passed++;
      }
    }
    System.out.printf(
        "jcstress: %d of %d tests passed, in %d JVMs, with %,d samples; its report is %s%n",
        passed,
        TestList.tests().size(),
        runs,
        samples,
        Jcstress.DIRECTORY.resolve("results").resolve("index.html"));
  }

  private static boolean hasPassed(TestResult result) {
    return result.status() == Status.NORMAL && result.grading().isPassed;
  }
}
