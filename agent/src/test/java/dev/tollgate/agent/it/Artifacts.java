package dev.tollgate.agent.it;

import dev.tollgate.RateLimited;
import dev.tollgate.agent.Agent;
import dev.tollgate.limiter.RateLimiters;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has made, jar or folder, found where this JVM has its classes from. */
final class Artifacts {
  static final Path ANNOTATIONS = locationOf(RateLimited.class);
  static final Path RUNTIME = locationOf(RateLimiters.class);
  static final Path AGENT = agentJar();

  /** The same with each class as an entry of its own, as the build has it on the way. */
  static final Path UNPACKED_AGENT = AGENT.resolveSibling("tollgate-agent-unpacked.jar");

  private Artifacts() {}

  static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A place below the build's folder for what a test makes. */
  static Path scratch(String name) {
    return AGENT.resolveSibling("it-programs").resolve(name);
  }

  /** A jar that the build has copied for forked JVMs, by its name without version. */
  static Path library(String name) {
    return AGENT.resolveSibling("it-libraries").resolve(name + ".jar");
  }

  private static Path agentJar() {
    Path location = locationOf(Agent.class);
    return Files.isDirectory(location) ? location.resolveSibling("tollgate-agent.jar") : location;
  }
}
