package dev.tollgate.benchmarks.start.program;

import java.io.IOException;

/** How each program ends: with a line that shows that it did what it had to. */
final class Done {
  private Done() {}

  /** With any argument the program stays until its input ends, so that one can look at it. */
  static void say(String[] args) throws IOException {
    System.out.println("hello");
    if (args.length > 0) {
      System.in.read();
    }
  }
}
