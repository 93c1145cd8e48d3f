package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a reading loads, and when. */
class MemoryLoadingTest {
  @Test
  void makingAReaderLoadsNeitherOshiNorALogger() throws IOException {
    List<String> lines = loadedBy(new Fork(MemoryProgram.class).withOshi());

    assertThat(lines.subList(0, lines.indexOf("made")))
        .noneMatch(line -> line.startsWith("oshi."))
        .noneMatch(line -> line.startsWith("org.slf4j."))
        .noneMatch(line -> line.startsWith("java.lang.invoke.LambdaForm$DMH"));
    assertThat(lines).anyMatch(line -> line.startsWith("MemoryReading["));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere OSHI is asked")
  void linuxNeedsNoLibraryNoLoggingAndNoOtherProcess() throws IOException {
    assertThat(loadedBy(new Fork(MemoryProgram.class)))
        .anyMatch(line -> line.startsWith("MemoryReading["))
        .noneMatch(line -> line.startsWith("oshi."))
        .noneMatch(line -> line.startsWith("com.sun.jna."))
        .noneMatch(line -> line.startsWith("java.util.logging."))
        .noneMatch(line -> line.startsWith("java.lang.ProcessBuilder "))
        .noneMatch(line -> line.startsWith("java.awt."));
  }

  /** The first who asks for it decides on it for all of the JVM. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere OSHI is asked, which does so")
  void linuxLeavesTheDefaultTimeZoneToTheProgram() throws IOException {
    assertThat(new Fork(MemoryProgram.class).option("-Xlog:class+init=info:stdout:none").run())
        .anyMatch(line -> line.startsWith("MemoryReading["))
        .noneMatch(line -> line.contains("Initializing 'java/util/TimeZone'"));
  }

  @Test
  void withoutOshiTheErrorNamesIt() throws IOException {
    assertThat(new Fork(MemoryProgram.class).option("-Dos.name=Plan 9").run())
        .hasSize(2)
        .startsWith("made")
        .last()
        .asString()
        .startsWith("the host's memory can't be read without OSHI: java.lang.NoClassDefFoundError")
        .contains("oshi/");
  }

  @Test
  void aSystemThatOshiDoesNotKnowIsAnError() throws IOException {
    assertThat(new Fork(MemoryProgram.class).withOshi().option("-Dos.name=Plan 9").run())
        .last()
        .asString()
        .startsWith("the host's memory can't be read: java.lang.UnsupportedOperationException");
  }

  /** The JDK's management loads the log manager's class, but doesn't bring it up. */
  @Test
  void theHeapStartsNoLogging() throws IOException {
    List<String> lines =
        new Fork(HeapProgram.class).option("-Xlog:class+init=info:stdout:none").run();

    assertThat(lines)
        .anyMatch(line -> line.contains("'sun/management/ManagementFactoryHelper'"))
        .noneMatch(line -> line.contains("Initializing 'java/util/logging/"));
  }

  /** Names of classes as they are loaded, and between them what the program prints. */
  private static List<String> loadedBy(Fork fork) throws IOException {
    return fork.option("-Xlog:class+load=info:stdout:none").run();
  }
}
