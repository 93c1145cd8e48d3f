package dev.tollgate.agent.weave;

import dev.tollgate.LimitKey;
import dev.tollgate.RateLimited;
import dev.tollgate.Weight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Methods that answer with a future. */
final class AsyncSamples {
  private AsyncSamples() {}

  static class Methods {
    final CompletableFuture<String> mine = new CompletableFuture<>();
    volatile int runs;
    volatile Thread ranOn;
    volatile ClassLoader ranWith;

    @RateLimited("limit")
    CompletableFuture<String> plain(String text) {
      began();
      return CompletableFuture.completedFuture(text);
    }

    @RateLimited("limit")
    CompletionStage<String> stage(long a, double b, byte c, Object d) {
      began();
      return CompletableFuture.completedStage(a + "/" + b + "/" + c + "/" + d);
    }

    @RateLimited("limit")
    static CompletableFuture<Integer> staticOne(int number) {
      return CompletableFuture.completedFuture(number);
    }

    @RateLimited("limit")
    private CompletableFuture<String> unfinished() {
      began();
      return mine;
    }

    @RateLimited("limit")
    CompletableFuture<String> answersNull() {
      return null;
    }

    @RateLimited("limit")
    CompletableFuture<String> fails() {
      throw new IllegalStateException("its own");
    }

    @RateLimited("limit")
    final synchronized CompletableFuture<Boolean> holdsItsMonitor() {
      return CompletableFuture.completedFuture(Thread.holdsLock(this));
    }

    @RateLimited(value = "limit", timeout = "0")
    CompletableFuture<String> atOnce() {
      began();
      return CompletableFuture.completedFuture("body");
    }

    @RateLimited(value = "limit", timeout = "0")
    @RateLimited(value = "other", weight = 5, timeout = "0")
    static CompletableFuture<String> ofTwo() {
      return CompletableFuture.completedFuture("body");
    }

    @RateLimited(value = "limit", timeout = "0", fallback = "cached")
    CompletableFuture<String> withFallback(int number) {
      return CompletableFuture.completedFuture("body " + number);
    }

    private CompletableFuture<String> cached(int number, Throwable refusal) {
      return CompletableFuture.completedFuture("cached " + number);
    }

    @RateLimited(value = "limit", fallback = "none")
    CompletableFuture<String> withEmptyFallback() {
      return CompletableFuture.completedFuture("body");
    }

    static CompletableFuture<String> none() {
      return null;
    }

    @RateLimited("limit")
    CompletableFuture<Integer> weighted(@Weight int weight) {
      return CompletableFuture.completedFuture(weight);
    }

    @RateLimited("limit")
    CompletableFuture<String> keyed(String before, @LimitKey String key) {
      return CompletableFuture.completedFuture(before + key);
    }

    @RateLimited("limit")
    @RateLimited("other")
    CompletableFuture<String> joint(@LimitKey String key, @Weight Integer weight) {
      return CompletableFuture.completedFuture(key + weight);
    }

    /** Only the outermost call is the one that was let through. */
    @RateLimited("limit")
    CompletableFuture<Integer> recursive(int depth) {
      began();
      return depth == 0
          ? CompletableFuture.completedFuture(0)
          : recursive(depth - 1).thenApply(below -> below + 1);
    }

    @RateLimited("nobodys")
    CompletableFuture<String> unknown() {
      return CompletableFuture.completedFuture("body");
    }

    /** Its first instruction is the target of a jump. */
    @RateLimited("limit")
    static CompletableFuture<Integer> loop(int left) {
      while (true) {
        if (--left <= 0) {
          return CompletableFuture.completedFuture(left);
        }
      }
    }

    private void began() {
      runs++;
      ranOn = Thread.currentThread();
      ranWith = ranOn.getContextClassLoader();
    }
  }

  @RateLimited("limit")
  static class Type {
    public CompletableFuture<Integer> outer(int depth) {
      return depth == 0 ? CompletableFuture.completedFuture(0) : outer(depth - 1);
    }

    public CompletableFuture<Integer> other() {
      return outer(3);
    }
  }

  interface Defaults {
    @RateLimited("limit")
    default CompletableFuture<String> ofDefault() {
      return CompletableFuture.completedFuture("default");
    }
  }

  static class Overrides implements Defaults {
    CompletableFuture<String> ofSuper() {
      return Defaults.super.ofDefault();
    }

    @Override
    public CompletableFuture<String> ofDefault() {
      return CompletableFuture.completedFuture("overridden");
    }
  }

  static class Implements implements Defaults {}
}
