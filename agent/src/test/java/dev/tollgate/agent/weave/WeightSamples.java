package dev.tollgate.agent.weave;

import dev.tollgate.RateLimited;
import dev.tollgate.Weight;
import java.util.List;

/** Weights in each place where a compiler may move them. */
final class WeightSamples {
  private WeightSamples() {}

  static class Methods {
    @RateLimited("limit")
    int ofInt(long before, @Weight int weight, double after) {
      return weight;
    }

    @RateLimited(value = "limit", weight = 7)
    private static long ofLong(Object before, @Weight long weight) {
      return weight;
    }

    @RateLimited("limit")
    Integer ofInteger(@Weight Integer weight) {
      return weight;
    }

    @RateLimited("limit")
    Long ofBoxedLong(@Weight Long weight) {
      return weight;
    }

    @RateLimited("limit")
    @RateLimited(value = "other", weight = 5)
    int ofSeveral(@Weight int weight) {
      return weight;
    }

    @RateLimited("limit")
    static int varargs(@Weight int weight, String... rest) {
      return rest.length;
    }

    @RateLimited("limit")
    static <T extends Comparable<T>> T generic(List<T> all, @Weight long weight) {
      return all.get(0);
    }
  }

  @RateLimited("limit")
  static class Type {
    public int outer(@Weight int weight) {
      return inner(weight);
    }

    public int inner(@Weight int weight) {
      return weight;
    }
  }

  record Point(long x, int y) {
    @RateLimited("limit")
    Point(long x, @Weight int y) {
      this.x = x;
      this.y = y;
    }
  }

  enum Planet {
    EARTH("blue", 3),
    MARS("red", 4) {
      @Override
      int moons() {
        return 2;
      }
    };

    @RateLimited("limit")
    Planet(String colour, @Weight int number) {}

    int moons() {
      return 1;
    }
  }

  static class Outer {
    class Inner {
      @RateLimited("limit")
      Inner(String text, @Weight int weight) {}
    }

    class InnerOfOuter {
      @RateLimited("limit")
      InnerOfOuter(Outer other, @Weight int weight) {}
    }

    static class Nested {
      @RateLimited("limit")
      Nested(Outer other, @Weight int weight) {}
    }

    Object inner(int weight) {
      return new Inner("", weight);
    }

    Object innerOfOuter(int weight) {
      return new InnerOfOuter(this, weight);
    }

    Object nested(int weight) {
      return new Nested(this, weight);
    }

    Object local(int weight) {
      String captured = "captured" + weight;
      long wide = weight;
      class Local {
        final String seen;

        @RateLimited("limit")
        Local(@Weight int ofIt, int no) {
          seen = captured + wide + this.getClass() + Outer.this;
        }
      }
      return new Local(weight, -1);
    }

    static Object localInStatic(int weight) {
      String captured = "captured" + weight;
      class Local {
        final String seen;

        @RateLimited("limit")
        Local(Outer outer, @Weight int ofIt, int no) {
          seen = captured + outer;
        }
      }
      return new Local(null, weight, -1);
    }

    static Object localWithoutCapture(int weight) {
      class Local {
        @RateLimited("limit")
        Local(Outer outer, @Weight int ofIt, int no) {}
      }
      return new Local(null, weight, -1);
    }
  }
}
