package dev.tollgate.health.memory;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;

/** A JVM of its own that runs a program of this package. */
final class Fork {
  private final Class<?> program;
  private final List<String> options = new ArrayList<>();
  private final List<String> wrapper = new ArrayList<>();
  private String classPath = "";

  Fork(Class<?> program) {
    this.program = program;
    with(program).with(MemoryReader.class);
  }

  /** With OSHI, native part and all. */
  Fork withOshi() {
    try {
      // The logger by name: this module doesn't need it itself.
      return with(SystemInfo.class)
          .with(GlobalMemory.class)
          .with(Class.forName("org.slf4j.LoggerFactory"));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts the jar or the folder of this class on the class path. */
  private Fork with(Class<?> type) {
    try {
      String place =
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
      classPath = classPath.isEmpty() ? place : classPath + File.pathSeparator + place;
      return this;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Fork option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Has a shell run this before it becomes the JVM. */
  Fork after(String command) {
    wrapper.addAll(List.of("/bin/sh", "-c", command + " && exec \"$0\" \"$@\""));
    return this;
  }

  /** The lines that it prints. */
  List<String> run() throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(Arrays.asList("-cp", classPath, program.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      return reader.lines().toList();
    }
  }
}
