package dev.tollgate.agent.cli;

import dev.tollgate.agent.Main;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jar that this very command line comes from. */
final class AgentJar {
  private AgentJar() {}

  /**
   * @param command that needs it
   * @throws IOException if it doesn't come from a jar
   */
  static Path path(String command) throws IOException {
    Path path;
    try {
      path = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("it needs the agent's jar: java -jar tollgate-agent.jar " + command);
    }
    return path;
  }
}
