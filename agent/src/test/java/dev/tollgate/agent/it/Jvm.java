package dev.tollgate.agent.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A JVM to be forked: the program and everything else of its command line. */
final class Jvm {
  private final Jdk jdk;
  private final List<String> agents = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> program = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Path directory;

  private Jvm(Jdk jdk) {
    this.jdk = jdk;
  }

  static Jvm on(Jdk jdk) {
    return new Jvm(jdk);
  }

  /** With the agent; {@code arguments} may be empty. */
  Jvm agent(String arguments) {
    return agent(Artifacts.AGENT, arguments);
  }

  Jvm agent(Path jar, String arguments) {
    agents.add("-javaagent:" + jar + (arguments.isEmpty() ? "" : "=" + arguments));
    return this;
  }

  Jvm option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  Jvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Jvm directory(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  Jvm classPath(Path... entries) {
    return option("-cp", Programs.path(entries));
  }

  /** {@code classes}, with the annotations and the runtime. */
  Jvm program(Path classes) {
    return classPath(classes, Artifacts.ANNOTATIONS, Artifacts.RUNTIME);
  }

  /** The main class, or {@code -m} and the main module, and the program's arguments. */
  Jvm main(String... mainAndArguments) {
    program.addAll(List.of(mainAndArguments));
    return this;
  }

  JvmResult run() {
    try (RunningJvm jvm = start()) {
      return jvm.end();
    }
  }

  RunningJvm start() {
    List<String> command = new ArrayList<>();
    command.add(jdk.tool("java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xmx256m", "-Dfile.encoding=UTF-8"));
    command.addAll(agents);
    command.addAll(options);
    command.addAll(program);
    return fork(command);
  }

  /** A tool of the JDK instead of {@code java}, with the environment given here. */
  JvmResult runTool(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.tool(name).toString());
    command.addAll(List.of(arguments));
    try (RunningJvm jvm = fork(command)) {
      return jvm.end();
    }
  }

  private RunningJvm fork(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    builder.environment().keySet().removeAll(List.of("CLASSPATH", "TOLLGATE_CONFIG"));
    builder.environment().putAll(environment);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    try {
      return new RunningJvm(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
