package dev.tollgate.agent.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/**
 * A JDK of this machine, or the lack of one.
 *
 * @param home null where there is none
 */
record Jdk(int feature, Path home) {

  static Jdk absent(int feature) {
    return new Jdk(feature, null);
  }

  /** Skips the test where this JDK is absent. */
  Path tool(String name) {
    assumeTrue(home != null, () -> "there is no " + this + " on this machine");
    return home.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
