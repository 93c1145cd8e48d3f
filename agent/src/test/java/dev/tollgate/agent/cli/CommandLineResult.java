package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.limiter.Ticker;
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
    return of(Connector.local(), Ticker.system(), arguments);
  }

  /** Runs a command that asks another JVM. */
  static CommandLineResult of(Connector connector, Ticker ticker, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Commands.commandLine(connector, ticker);
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
