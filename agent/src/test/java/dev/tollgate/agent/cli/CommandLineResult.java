package dev.tollgate.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** How a command ended and what it wrote. */
record CommandLineResult(int exit, List<String> out, List<String> err) {

  /** Runs a command in this JVM. */
  static CommandLineResult of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Commands.commandLine();
    int exit =
        commandLine
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
            .execute(arguments);
    return new CommandLineResult(
        exit, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
