package dev.tollgate.benchmarks.start;

import dev.tollgate.RateLimited;
import dev.tollgate.benchmarks.start.program.CountingAgent;
import dev.tollgate.benchmarks.start.program.EmptyAgent;
import dev.tollgate.benchmarks.start.program.Hello;
import dev.tollgate.benchmarks.start.program.Limited;
import dev.tollgate.benchmarks.start.program.LimitedAsync;
import dev.tollgate.benchmarks.start.program.LimitedServer;
import dev.tollgate.benchmarks.start.program.Many;
import dev.tollgate.benchmarks.start.program.PlainServer;
import dev.tollgate.benchmarks.start.program.ScanCost;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds what is started, and names it. */
final class Programs {
  private static final String PACKAGE = Hello.class.getPackageName() + ".";
  private static final List<String> PARTS =
      List.of(
          "Done",
          "Hello",
          "Limited",
          "LimitedAsync",
          "LimitedServer",
          "LimitedServer$Servlet",
          "Many",
          "PlainServer",
          "PlainServer$Servlet",
          "ScanCost",
          "Server");

  private static final String LIMITERS =
      """
      tollgate {
        limiters {
          search { permits = 100, period = 1m }
          orders { permits = 20, period = 1s, burst = 10 }
        }
      }
      """;

  private final Path folder;
  private final Path target;
  private final Path tollgate;
  private final Path emptyAgent;
  private final Path countingAgent;
  private final Path otherAgent;
  private final String configuration;
  private final String classPath;
  private final String large;
  private final String largeAnnotated;
  private final String server;

  /**
   * @param folder for the jars that are written
   * @param target the module's, with {@code server} and {@code other-agent}
   */
  Programs(Path folder, Path target, Path tollgate) throws IOException, URISyntaxException {
    Files.createDirectories(folder);
    this.folder = folder;
    this.target = target;
    this.tollgate = tollgate;
    emptyAgent = agent(folder.resolve("empty-agent.jar"), EmptyAgent.class);
    countingAgent =
        agent(folder.resolve("counting-agent.jar"), CountingAgent.class, "CountingAgent$1");
    otherAgent = jars(target.resolve("other-agent")).get(0);
    configuration = Files.writeString(folder.resolve("tollgate.conf"), LIMITERS).toString();
    Path annotations =
        Path.of(RateLimited.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    classPath =
        path(List.of(Jars.write(folder.resolve("programs.jar"), "", classes(PARTS)), annotations));
    large = classPath + File.pathSeparator + large(folder.resolve("large.jar"), false);
    largeAnnotated =
        classPath + File.pathSeparator + large(folder.resolve("large-annotated.jar"), true);
    server = classPath + File.pathSeparator + path(jars(target.resolve("server")));
  }

  /** Every program whose start is measured, in the order of a round. */
  List<Program> all() {
    List<String> bare = List.of();
    List<String> empty = List.of("-javaagent:" + emptyAgent);
    List<String> looking = List.of("-javaagent:" + countingAgent);
    List<String> ours = List.of("-javaagent:" + tollgate);
    List<String> configured = List.of("-javaagent:" + tollgate + "=config=" + configuration);
    List<String> other =
        List.of(
            "-javaagent:" + otherAgent,
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none");
    return List.of(
        new Program("bare", bare, classPath, Hello.class.getName()),
        new Program("empty", empty, classPath, Hello.class.getName()),
        new Program("nothing", ours, classPath, Hello.class.getName()),
        new Program("configured", configured, classPath, Hello.class.getName()),
        new Program("one", ours, classPath, Limited.class.getName()),
        new Program("async", ours, classPath, LimitedAsync.class.getName()),
        new Program("otel", other, classPath, Hello.class.getName()),
        new Program("large-bare", bare, large, Many.class.getName()),
        new Program("large-empty", empty, large, Many.class.getName()),
        new Program("large-looking", looking, large, Many.class.getName()),
        new Program("large-nothing", ours, large, Many.class.getName()),
        new Program("large", ours, largeAnnotated, Many.class.getName()),
        new Program("server-bare", bare, server, PlainServer.class.getName()),
        new Program("server-empty", empty, server, PlainServer.class.getName()),
        new Program("server-looking", looking, server, PlainServer.class.getName()),
        new Program("server-nothing", ours, server, PlainServer.class.getName()),
        new Program("server", ours, server, LimitedServer.class.getName()),
        new Program("server-otel", other, server, PlainServer.class.getName()));
  }

  /** Each prints how many classes were looked at, and for how many milliseconds. */
  List<Program> scans() {
    List<String> agents = List.of("-javaagent:" + tollgate, "-javaagent:" + countingAgent);
    String both = server + File.pathSeparator + large;
    return List.of(
        new Program("server", agents, both, ScanCost.class.getName()),
        new Program("large", agents, both, ScanCost.class.getName()));
  }

  Path folder() {
    return folder;
  }

  /** Of the server and of the other agent, by the names of their jars. */
  List<String> versions() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path jar : List.of(jars(target.resolve("server")).get(0), otherAgent)) {
      names.add(jar.getFileName().toString().replace(".jar", ""));
    }
    return names;
  }

  private static Path agent(Path jar, Class<?> type, String... parts) throws IOException {
    List<String> names = new ArrayList<>(List.of(parts));
    names.add(type.getSimpleName());
    return Jars.write(jar, type.getName(), classes(names));
  }

  private static Path large(Path jar, boolean annotated) throws IOException {
    return Jars.write(jar, "", LargeProgram.classes(annotated));
  }

  private static Map<String, byte[]> classes(List<String> simpleNames) throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (String name : simpleNames) {
      classes.put(PACKAGE + name, Jars.classFile(PACKAGE + name));
    }
    return classes;
  }

  private static List<Path> jars(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    }
    jars.sort(null);
    return jars;
  }

  private static String path(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }
}
