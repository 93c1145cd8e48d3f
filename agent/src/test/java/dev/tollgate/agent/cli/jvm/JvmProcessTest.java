package dev.tollgate.agent.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import org.junit.jupiter.api.Test;

class JvmProcessTest {

  @Test
  void thisIsAJvm() {
    assertThatNoException().isThrownBy(() -> JvmProcess.check(ProcessHandle.current().pid()));
  }

  @Test
  void aProcessThatIsNotThereIsNone() {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> JvmProcess.check(Integer.MAX_VALUE))
        .withMessage("there is no process " + Integer.MAX_VALUE);
  }

  @Test
  void anotherProgramIsNoneAndIsLeftAlone() throws Exception {
    assumeTrue(new File("/proc/self/maps").exists(), "there is no /proc on this system");
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(() -> JvmProcess.check(sleep.pid()))
          .withMessage("process " + sleep.pid() + " is no JVM: jps lists those that are");
      assertThat(sleep.isAlive()).isTrue();
    } finally {
      sleep.destroyForcibly();
    }
  }
}
