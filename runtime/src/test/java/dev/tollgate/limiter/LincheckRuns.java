package dev.tollgate.limiter;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How long the Lincheck tests look. Scenarios are small: the checker tries all switches of threads
 * first one at a time, then by twos, and in a short scenario it comes to what needs two.
 *
 * <p>Nothing of the JDK is taken on trust that the checker doesn't take by itself: it switches
 * threads at each atomic access, and inside a lock only where the lock makes a thread wait.
 */
final class LincheckRuns {
  /** More than 1 in the profile {@code long-proofs}. */
  private static final int LONGER = Integer.getInteger("tollgate.proofs.longer", 1);

  private LincheckRuns() {}

  /** Looks at the scripts first, then at small scenarios of its own. */
  static void modelCheck(
      Class<?> test, Class<?> specification, int threads, int calls, String... scripts) {
    ModelCheckingOptions options =
        new ModelCheckingOptions()
            .iterations(4 * LONGER)
            .invocationsPerIteration(400 * LONGER)
            // Spinning shares nothing, but its turns are enough to be taken for a livelock.
            .addGuarantee(forClasses(Entrance.class.getName()).methods("spin").ignore())
            // What a test writes down for itself is no part of what it tests.
            .addGuarantee(forClasses(Witness.class.getName()).allMethods().ignore());
    for (String script : scripts) {
      options.addCustomScenario(Script.of(test, script));
    }
    check(options, test, specification, threads, calls);
  }

  /** At full speed, in the order that the machine brings about, which needs many more runs. */
  static void stress(Class<?> test, Class<?> specification, int threads, int calls) {
    StressOptions options =
        new StressOptions().iterations(8 * LONGER).invocationsPerIteration(400 * LONGER);
    check(options, test, specification, threads, calls);
  }

  private static void check(
      Options<?, ?> options, Class<?> test, Class<?> specification, int threads, int calls) {
    options.threads(threads);
    options.actorsPerThread(calls);
    options.actorsBefore(0);
    options.actorsAfter(1);
    options.sequentialSpecification(specification);
    options.check(test);
  }
}
