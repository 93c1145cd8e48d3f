package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How a JVM ended and what it wrote. */
record JvmResult(int exit, List<String> out, List<String> err) {

  /** Fails unless the program ended by itself and nothing escaped from it. */
  JvmResult ok() {
    assertThat(exit).as("%s", this).isZero();
    assertThat(err)
        .as("%s", this)
        .noneMatch(line -> line.startsWith("Exception in") || line.startsWith("\tat "));
    return this;
  }

  @Override
  public String toString() {
    return "exit "
        + exit
        + "\nstdout:\n"
        + String.join("\n", out)
        + "\nstderr:\n"
        + String.join("\n", err);
  }
}
