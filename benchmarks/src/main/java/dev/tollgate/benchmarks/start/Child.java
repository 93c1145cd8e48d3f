package dev.tollgate.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts one process at a time, and sees to it that it did what it should. */
final class Child {
  private static final Path SHELL = Path.of("/bin/bash");

  /** The shell's own keyword tells what the kernel says of a process that has ended, in ms. */
  private static final String TIMED =
      "TIMEFORMAT='%3R %3U %3S'; out=$1; err=$2; shift 2; time \"$@\" >\"$out\" 2>\"$err\"";

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final String EXPECTED = "hello";
  private static final String NOT_WOVEN = "tollgate: missed";
  private static final int PATIENCE_SECONDS = 60;

  private final Path out;
  private final Path err;
  private final Path times;

  /**
   * @param folder for what the processes print
   */
  Child(Path folder) {
    out = folder.resolve("stdout.txt");
    err = folder.resolve("stderr.txt");
    times = folder.resolve("times.txt");
  }

  /** Whether this machine has what {@link #time} and {@link #peakMiB} need. */
  static boolean isPossible() {
    return Files.isExecutable(SHELL) && Files.isReadable(Path.of("/proc/self/status"));
  }

  /** Runs a program to its end. */
  Cost time(List<String> command) throws IOException, InterruptedException {
    List<String> timed = new ArrayList<>();
    timed.addAll(List.of(SHELL.toString(), "-c", TIMED, SHELL.toString()));
    timed.addAll(List.of(out.toString(), err.toString()));
    timed.addAll(command);
    end(start(new ProcessBuilder(timed).redirectError(times.toFile())), command);
    expect(Files.readString(out).strip(), command);
    String[] figures = Files.readString(times).strip().split(" ", -1);
    return new Cost(millis(figures[0]), millis(figures[1]) + millis(figures[2]));
  }

  /** The most memory that a program ever had, which stays at its end until its input ends. */
  double peakMiB(List<String> command) throws IOException, InterruptedException {
    Process process = start(new ProcessBuilder(command).redirectError(err.toFile()));
    String line = process.inputReader().readLine();
    Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
    boolean found = peak.find();
    end(process, command);
    expect(found ? line : "no VmHWM", command);
    return Double.parseDouble(peak.group(1)) / 1_024;
  }

  /** The line that a program prints. */
  String line(List<String> command) throws IOException, InterruptedException {
    Process process = start(new ProcessBuilder(command).redirectError(err.toFile()));
    String line = process.inputReader().readLine();
    end(process, command);
    return String.valueOf(line);
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    List<String> thatChangeIt =
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");
    builder.environment().keySet().removeAll(thatChangeIt);
    builder.environment().remove("TOLLGATE_CONFIG");
    Process process = builder.start();
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(
            () -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
    return process;
  }

  private void end(Process process, List<String> command) throws IOException, InterruptedException {
    process.getOutputStream().close();
    int status = process.waitFor();
    String errors = Files.readString(err);
    // What should be limited and isn't starts faster than it may.
    if (status != 0 || errors.contains(NOT_WOVEN)) {
      throw new IOException("status " + status + " of " + command + "\n" + errors);
    }
  }

  private static void expect(String line, List<String> command) throws IOException {
    if (!line.equals(EXPECTED)) {
      throw new IOException("printed '" + line + "': " + command);
    }
  }

  private static double millis(String seconds) {
    return Double.parseDouble(seconds) * 1_000;
  }
}
