package dev.tollgate.agent.weave;

import dev.tollgate.RateLimited;
import java.util.function.Supplier;

/** Classes for weaving: each kind of method, and code whose stack map frames are not trivial. */
final class Samples {
  private Samples() {}

  static class Kinds {
    public Kinds() {}

    @RateLimited("limit")
    public Kinds(int number) {
      this();
    }

    @RateLimited("limit")
    public Kinds(String text) {
      this(text.length());
    }

    @RateLimited("limit")
    private String privateOne() {
      return "private";
    }

    public String callPrivateOne() {
      return privateOne();
    }

    @RateLimited("limit")
    public static String staticOne() {
      return "static";
    }

    @RateLimited("limit")
    public final synchronized String finalOne() {
      return "final";
    }

    @RateLimited(value = "limit", weight = 3)
    public void heavy() {}

    @RateLimited(value = "limit", weight = 0)
    public void free() {}

    @RateLimited("limit")
    @RateLimited(value = "other", weight = 5)
    public void twice() {}

    @RateLimited("limit")
    public int recursive(int depth) {
      return depth == 0 ? 0 : 1 + recursive(depth - 1);
    }

    /** Its first instruction is the target of a jump. */
    @RateLimited("limit")
    public static void loop(int[] left) {
      while (true) {
        if (--left[0] <= 0) {
          return;
        }
      }
    }

    @RateLimited("limit")
    public double wide(long a, double b, byte c, Object d, float e) {
      return a + b + c + d.hashCode() + e;
    }

    @RateLimited("limit")
    public String fails() {
      throw new IllegalStateException("its own");
    }
  }

  interface Defaults {
    @RateLimited("limit")
    default String defaultOne() {
      return "default";
    }

    @RateLimited("limit")
    static String ofInterface() {
      return "static of interface";
    }
  }

  public static class Implements implements Defaults {}

  public static class Generic implements Supplier<String> {
    @Override
    @RateLimited("limit")
    public String get() {
      return "generic";
    }
  }

  record Point(int x, int y) {
    @RateLimited("limit")
    Point {
      if (x < 0) {
        throw new IllegalArgumentException();
      }
    }

    @RateLimited("limit")
    public int sum() {
      return x + y;
    }
  }

  enum Planet {
    EARTH {
      @Override
      @RateLimited("limit")
      public String greet() {
        return "hello";
      }
    };

    @RateLimited("limit")
    public int number() {
      return 3;
    }

    public abstract String greet();
  }

  @RateLimited("limit")
  public static class Type {
    public int plain() {
      return 1;
    }

    public int callsPlain() {
      return plain() + privateOne() + plain();
    }

    public static int staticOne(Type type) {
      return type.callsPlain();
    }

    private int privateOne() {
      return 10;
    }

    public int recursive(int depth) {
      return depth == 0 ? 0 : 1 + recursive(depth - 1);
    }

    public int endsTheStack(long a, long b) {
      return 1 + endsTheStack(b, a) + plain();
    }

    public void fails() {
      plain();
      throw new IllegalStateException("its own");
    }

    public int catches() {
      try {
        fails();
        return 0;
      } catch (IllegalStateException e) {
        return plain();
      }
    }

    @RateLimited("other")
    public int own() {
      return plain();
    }

    public int callsOwn() {
      return own();
    }

    public int thenOnAnotherThread() throws InterruptedException {
      int[] result = new int[1];
      Thread thread = new Thread(() -> result[0] = plain());
      thread.start();
      thread.join();
      return result[0];
    }

    /** Many ends, and frames with uninitialised objects on the stack. */
    public String frames(long a, double b, String text) {
      if (a == 0) {
        return "zero";
      }
      for (int i = 0; i < 3; i++) {
        long wide = i + a;
        if (wide == 2) {
          double wider = wide + b;
          try {
            text = new String(wider > 5 ? "big" : b > 0 ? text : "small");
          } finally {
            plain();
          }
        }
      }
      switch (text) {
        case "x":
          return "found x";
        case "y":
          synchronized (this) {
            return "found y";
          }
        default:
          Supplier<String> later = () -> "nothing of " + plain();
          return later.get();
      }
    }
  }
}
