package dev.tollgate.benchmarks.start.program;

import java.io.IOException;

/** Does nothing worth an agent. */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) throws IOException {
    Done.say(args);
  }
}
