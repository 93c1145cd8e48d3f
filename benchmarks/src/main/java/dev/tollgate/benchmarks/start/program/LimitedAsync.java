package dev.tollgate.benchmarks.start.program;

import dev.tollgate.RateLimited;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One annotated method that answers with a future, called once. */
public final class LimitedAsync {
  private LimitedAsync() {}

  public static void main(String[] args) throws IOException {
    call().join();
    Done.say(args);
  }

  @RateLimited("filesystem")
  private static CompletableFuture<String> call() {
    return CompletableFuture.completedFuture("answer");
  }
}
