package dev.tollgate.benchmarks.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one row of the table starts.
 *
 * @param id the row's name in the results
 * @param options of the JVM: its agents
 * @param classPath separated as the platform does
 */
record Program(String id, List<String> options, String classPath, String main) {

  List<String> command(Path java, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return command;
  }
}
