package dev.tollgate.agent.cli.demo;

import java.util.List;

/** The client program didn't do what it should. */
public final class ClientFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> output;

  ClientFailedException(String message, List<String> output) {
    super(message);
    this.output = List.copyOf(output);
  }

  /** What the client's JVM wrote besides its answers, line by line. */
  public List<String> output() {
    return output;
  }
}
