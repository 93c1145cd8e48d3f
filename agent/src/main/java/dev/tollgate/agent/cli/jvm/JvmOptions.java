package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options that another JVM was started with, as far as they can be read from outside: on its
 * command line, in its environment, and in the files that those name. Of a JVM that another program
 * has made in itself nothing can be read.
 */
final class JvmOptions {
  private static final String FLAG = "DisableAttachMechanism";

  /** Options of {@code java} whose value is the next argument. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--limit-modules",
          "--enable-native-access",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--patch-module",
          "--source");

  /** What comes behind them is the program's. */
  private static final Set<String> PROGRAM = Set.of("-jar", "-m", "--module");

  private static final int MOST_BYTES = 1 << 20;

  private final Path process;
  private boolean disableAttach;

  private JvmOptions(Path process) {
    this.process = process;
  }

  /**
   * Whether {@code -XX:+DisableAttachMechanism} is among them, and not taken back by a later one.
   *
   * @param process its folder in {@code /proc}
   */
  static boolean disableAttach(Path process) {
    JvmOptions options = new JvmOptions(process);
    Map<String, String> environment = options.environment();
    // In the order in which a JVM reads them: the last one counts.
    options.takeAll(words(environment.get("JAVA_TOOL_OPTIONS")));
    options.takeAll(words(environment.get("JDK_JAVA_OPTIONS")));
    options.takeCommandLine();
    options.takeAll(words(environment.get("_JAVA_OPTIONS")));
    return options.disableAttach;
  }

  private void takeCommandLine() {
    List<String> arguments = Arrays.asList(read(process.resolve("cmdline")).split("\0"));
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (PROGRAM.contains(argument) || (!argument.startsWith("-") && !argument.startsWith("@"))) {
        return;
      }
      take(argument);
      if (WITH_VALUE.contains(argument)) {
        i++;
      }
    }
  }

  private void takeAll(String[] options) {
    for (String option : options) {
      take(option);
    }
  }

  private void take(String option) {
    if (option.startsWith("@")) {
      takeFile(option.substring(1));
    } else if (option.startsWith("-XX:Flags=") || option.startsWith("-XX:VMOptionsFile=")) {
      takeFile(option.substring(option.indexOf('=') + 1));
    } else {
      takeFlag(option);
    }
  }

  /** Its options name no further files: the JVM takes none there. */
  private void takeFile(String name) {
    try {
      Path file = Path.of(name);
      Path seenFromHere =
          file.isAbsolute()
              ? process.resolve("root").resolve(Path.of("/").relativize(file))
              : process.resolve("cwd").resolve(file);
      for (String word : words(read(seenFromHere))) {
        takeFlag(word);
      }
    } catch (InvalidPathException e) {
      // Then the JVM has found none either.
    }
  }

  /** A file of flags has them without {@code -XX:}. */
  private void takeFlag(String word) {
    String option = word.startsWith("-XX:") ? word.substring("-XX:".length()) : word;
    if (option.equals("+" + FLAG) || option.equals("-" + FLAG)) {
      disableAttach = option.startsWith("+");
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String variable : read(process.resolve("environ")).split("\0", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  /** Empty if it can't be read. Another process has named it, so it may be anything. */
  private static String read(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static String[] words(@Nullable String text) {
    return text == null ? new String[0] : text.replaceAll("[\"']", "").split("\\s+");
  }
}
