package dev.tollgate.agent.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private directory with what a user would have: the program, its configuration and the agent's
 * jar; and the JVMs that run there, one at a time. Both are gone when it is closed, or when the
 * demo's own JVM ends before.
 */
final class Workspace implements AutoCloseable {
  private static final String PROGRAM = IssuesClient.class.getName();
  private static final String AGENT = "tollgate-agent.jar";
  private static final String CONFIGURATION = "tollgate.conf";

  /** They would make the two JVMs differ from what the demo says of them. */
  private static final List<String> UNWANTED_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "TOLLGATE_CONFIG");

  private final Scenario scenario;
  private final Path directory;
  private final Thread hook = new Thread(this::clean, "tollgate-demo-cleanup");
  private @Nullable Client client;
  private boolean closed;

  private Workspace(Scenario scenario, Path directory) {
    this.scenario = scenario;
    this.directory = directory;
  }

  static Workspace create(Scenario scenario, Path agentJar) throws IOException {
    Workspace workspace =
        new Workspace(scenario, Files.createTempDirectory("tollgate-demo").toRealPath());
    Runtime.getRuntime().addShutdownHook(workspace.hook);
    try {
      workspace.fill(agentJar);
    } catch (IOException | RuntimeException e) {
      workspace.close();
      throw e;
    }
    return workspace;
  }

  private void fill(Path agentJar) throws IOException {
    String file = PROGRAM.replace('.', '/') + ".class";
    Path program = directory.resolve(file);
    Files.createDirectories(program.getParent());
    try (InputStream bytes = Workspace.class.getClassLoader().getResourceAsStream(file)) {
      if (bytes == null) {
        throw new IOException(file + " is missing");
      }
      Files.copy(bytes, program);
    }
    Files.writeString(
        directory.resolve(CONFIGURATION),
        "tollgate.limiters {\n  " + scenario.limiterSettings() + "\n}\n");
    // A copy, since a path may hold an '=', which would end it in -javaagent.
    Files.copy(agentJar, directory.resolve(AGENT));
  }

  /** Starts the client program, which has to end within {@code timeout}. */
  synchronized Client start(Run run, URI server, Duration timeout) throws IOException {
    if (closed) {
      throw new IOException("the demo is ending");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (run == Run.WITH_AGENT) {
      command.add("-javaagent:" + AGENT);
    }
    command.addAll(List.of("-cp", ".", PROGRAM, server.toString()));
    command.add(Integer.toString(scenario.calls()));
    command.add(Integer.toString(scenario.threads()));

    Path errors = directory.resolve(run.name() + ".stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeAll(UNWANTED_VARIABLES);
    Client started = new Client(run, builder.start(), errors, timeout);
    client = started;
    return started;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does it.
      return;
    }
    clean();
  }

  private synchronized void clean() {
    closed = true;
    if (client != null) {
      client.close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Temporary files that stay: no reason to spoil a demo.
    }
  }
}
