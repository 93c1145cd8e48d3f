package dev.tollgate.agent.it;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the small programs that forked JVMs run, each once. */
final class Programs {
  private static final Map<List<String>, Path> COMPILED = new ConcurrentHashMap<>();

  private Programs() {}

  /** Compiles {@code sources} against the annotations and the runtime; answers with the folder. */
  static Path compile(String... sources) {
    return compile(
        List.of("--class-path", path(Artifacts.ANNOTATIONS, Artifacts.RUNTIME)), sources);
  }

  /** Compiles {@code sources} with more options of javac's. */
  static Path compile(List<String> options, String... sources) {
    List<String> key = new ArrayList<>(options);
    key.addAll(List.of(sources));
    return COMPILED.computeIfAbsent(key, unused -> compileNow(options, sources));
  }

  /** The text of {@code src/test/resources/programs/name}. */
  static String source(String name) {
    try (InputStream stream = Programs.class.getResourceAsStream("/programs/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Entries of a class path or module path as one text. */
  static String path(Path... entries) {
    return Stream.of(entries)
        .map(Path::toString)
        .collect(joining(System.getProperty("path.separator")));
  }

  private static Path compileNow(List<String> options, String... sources) {
    try {
      Path folder = Artifacts.scratch("classes");
      Files.createDirectories(folder);
      Path classes = Files.createTempDirectory(folder, "program");
      List<String> all = new ArrayList<>(List.of("--release", "17", "-proc:none", "-Xlint:none"));
      all.addAll(List.of("-d", classes.toString()));
      all.addAll(options);
      StringWriter complaints = new StringWriter();
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      List<Source> units = Stream.of(sources).map(Source::new).toList();
      if (!compiler.getTask(complaints, null, null, all, null, units).call()) {
        throw new IllegalArgumentException("The program doesn't compile:\n" + complaints);
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A source in memory, of whichever file name its types need. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(
          URI.create(
              text.startsWith("module ")
                  ? "string:///module-info.java"
                  : "string:///Source" + Integer.toHexString(text.hashCode()) + ".java"),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, JavaFileObject.Kind kind) {
      return kind == Kind.SOURCE;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
