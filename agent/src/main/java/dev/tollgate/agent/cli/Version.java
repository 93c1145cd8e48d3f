package dev.tollgate.agent.cli;

import dev.tollgate.agent.Main;
import picocli.CommandLine.IVersionProvider;

/** What the agent's jar says of itself. */
final class Version implements IVersionProvider {

  /** For example {@code tollgate 1.2.3}. */
  static String line() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "tollgate " + (version == null ? "(unknown version)" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
