package dev.tollgate.benchmarks.start.program;

import dev.tollgate.RateLimited;
import java.io.IOException;

/** One annotated method, called once. */
public final class Limited {
  private Limited() {}

  public static void main(String[] args) throws IOException {
    call();
    Done.say(args);
  }

  @RateLimited("filesystem")
  private static void call() {}
}
