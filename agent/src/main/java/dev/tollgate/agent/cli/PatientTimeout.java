package dev.tollgate.agent.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** For commands that change each class of a JVM, which takes a large one longer than an answer. */
final class PatientTimeout implements IDefaultValueProvider {
  private static final String TIME = "30s";

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.longestName().equals("--timeout")
        ? TIME
        : null;
  }
}
