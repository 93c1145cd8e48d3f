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
   * @throws IOException if it doesn't come from a jar
   */
  static Path path() throws IOException {
    Path path;
    try {
      path = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("it needs the agent's jar: java -jar tollgate-agent.jar demo");
    }
    return path;
  }
}
