import dev.tollgate.RateLimited;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Every kind of method and constructor with an annotation of its own. */
public class MethodKinds {
  @RateLimited("count")
  private int privateMethod() {
    return 1;
  }

  @RateLimited("count")
  private static int privateStatic() {
    return 2;
  }

  @RateLimited("count")
  public final int finalMethod() {
    return 3;
  }

  @RateLimited("count")
  synchronized int synchronizedMethod() {
    return Thread.holdsLock(this) ? 4 : 0;
  }

  @RateLimited("count")
  static synchronized int staticSynchronized() {
    return Thread.holdsLock(MethodKinds.class) ? 5 : 0;
  }

  @RateLimited("count")
  protected strictfp double protectedMethod() {
    return 6.5;
  }

  int unannotated() {
    return privateMethod() + privateStatic();
  }

  @RateLimited("count")
  int callsItself() {
    return privateMethod() + this.finalMethod();
  }

  @RateLimited("count")
  int factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
  }

  @RateLimited("count")
  static boolean even(int n) {
    return n == 0 || odd(n - 1);
  }

  @RateLimited("count")
  static boolean odd(int n) {
    return n != 0 && even(n - 1);
  }

  @RateLimited("count")
  static String wide(long a, double b, int c, long d, float e, Object f, double... g) {
    return a + "/" + b + "/" + c + "/" + d + "/" + e + "/" + f + "/" + g.length;
  }

  @RateLimited("count")
  static int varargs(String... all) {
    return all.length;
  }

  @RateLimited("count")
  static <T extends Comparable<T>> T max(List<? extends T> all) {
    T max = null;
    for (T one : all) {
      max = max == null || one.compareTo(max) > 0 ? one : max;
    }
    return max;
  }

  @RateLimited("count")
  static int loopAtHead(int n) {
    while (true) {
      if (--n <= 0) {
        return n;
      }
    }
  }

  @RateLimited("count")
  static int doLoopAtHead(int n) {
    do {
      n--;
    } while (n > 0);
    return n;
  }

  @RateLimited("count")
  static String tryAtHead(boolean fail) {
    String log = "";
    try {
      if (fail) {
        throw new IllegalArgumentException();
      }
      log += "t";
    } catch (IllegalArgumentException e) {
      log += "c";
    } finally {
      log += "f";
    }
    return log;
  }

  @RateLimited("count")
  static int throwing() {
    throw new IllegalStateException("own");
  }

  @RateLimited("count")
  static long largeFrame(int s) {
    long a = s, b = a + 1, c = b + 1, d = c + 1, e = d + 1, f = e + 1, g = f + 1, h = g + 1;
    double i = h, j = i + 1, k = j + 1, l = k + 1, m = l + 1, n = m + 1, o = n + 1, p = o + 1;
    long sum = 0;
    for (int q = 0; q < 3; q++) {
      long r = q;
      switch (q) {
        case 0 -> sum += a + b + c + d;
        case 1 -> sum += e + f + g + h + r;
        default -> sum += (long) (i + j + k + l + m + n + o + p);
      }
    }
    return sum;
  }

  @RateLimited("count")
  static String ternaryInNew(boolean b) {
    return new StringBuilder(b ? new String("yes") : new String("no")).append('!').toString();
  }

  @RateLimited("count")
  static boolean primitiveZ() {
    return true;
  }

  @RateLimited("count")
  static byte primitiveB() {
    return 1;
  }

  @RateLimited("count")
  static char primitiveC() {
    return 'c';
  }

  @RateLimited("count")
  static float primitiveF() {
    return 1.5f;
  }

  @RateLimited("count")
  static long[][] array(long... dims) {
    return new long[][] {dims};
  }

  // Interfaces.

  interface Greeter {
    @RateLimited("count")
    default String greet() {
      return "hello " + secret();
    }

    @RateLimited("count")
    static String hail() {
      return "hail";
    }

    @RateLimited("count")
    private String secret() {
      return "you";
    }
  }

  static class Polite implements Greeter {}

  static class Louder implements Greeter {
    @Override
    public String greet() {
      return Greeter.super.greet() + "!";
    }
  }

  static class Silent implements Greeter {
    @Override
    public String greet() {
      return "";
    }
  }

  // Bridges.

  static class Box implements Supplier<String>, Comparable<Box>, Function<Integer, List<String>> {
    @Override
    @RateLimited("count")
    public String get() {
      return "content";
    }

    @Override
    @RateLimited("count")
    public int compareTo(Box o) {
      return 0;
    }

    @Override
    @RateLimited("count")
    public ArrayList<String> apply(Integer n) {
      return new ArrayList<>(n);
    }
  }

  static class Hidden {
    @RateLimited("count")
    public int visible() {
      return 7;
    }
  }

  public static class Shown extends Hidden {}

  static class Parent {
    @RateLimited("count")
    Object made() {
      return "parent";
    }
  }

  static class Child extends Parent {
    @Override
    @RateLimited("count")
    String made() {
      return super.made() + "'s child";
    }
  }

  // Records and enums.

  record Point(int x, int y) {
    @RateLimited("count")
    Point {
      if (x < 0) {
        throw new IllegalStateException("negative");
      }
    }

    @RateLimited("count")
    public int x() {
      return x;
    }

    @RateLimited("count")
    int sum() {
      return x + y;
    }

    @RateLimited("count")
    static Point origin() {
      return new Point(0, 0);
    }
  }

  record Canonical(long value) {
    @RateLimited("count")
    Canonical(long value) {
      this.value = value + 1;
    }

    @RateLimited("count")
    Canonical() {
      this(41);
    }
  }

  record Implicit(@RateLimited("count") int counted, int free) {}

  enum Op implements IntUnaryOperator {
    DOUBLE {
      @Override
      @RateLimited("count")
      public int applyAsInt(int n) {
        return n * 2;
      }
    },
    SAME {
      @Override
      public int applyAsInt(int n) {
        return n;
      }
    };

    @RateLimited("count")
    String label() {
      return name().toLowerCase();
    }
  }

  enum Planet {
    EARTH,
    MARS(2);

    final int moons;

    @RateLimited("count")
    Planet() {
      this(1);
    }

    @RateLimited("count")
    Planet(int moons) {
      this.moons = moons;
    }
  }

  // Constructors.

  static class Built {
    final String how;
    int initialised = 1;

    @RateLimited("count")
    Built() {
      this("default" + privateStatic());
      initialised++;
    }

    @RateLimited("count")
    Built(String how) {
      this.how = how;
    }

    Built(int n) {
      this("number " + n);
    }

    @RateLimited("count")
    Built(long a, double b) {
      this.how = a > b ? "more" : "less";
      if (a == b) {
        throw new IllegalStateException("equal");
      }
    }
  }

  static class SubBuilt extends Built {
    @RateLimited("count")
    SubBuilt(boolean b) {
      super(b ? "sub" : "bus");
    }
  }

  class Inner {
    final int n;

    @RateLimited("count")
    Inner(int n) {
      this.n = n + privateMethod();
    }

    @RateLimited("count")
    int outer() {
      return MethodKinds.this.hashCode() == 0 ? 0 : n;
    }
  }

  // Classes in methods.

  static int anonymous(int captured) throws Exception {
    return new Callable<Integer>() {
      @Override
      @RateLimited("count")
      public Integer call() {
        return captured;
      }
    }.call();
  }

  static int local(long captured) {
    class Local {
      final long more;

      @RateLimited("count")
      Local(long more) {
        this.more = more;
      }

      @RateLimited("count")
      int sum() {
        return (int) (captured + more);
      }
    }
    return new Local(2).sum();
  }

  @RateLimited("count")
  static int withLambda(int n) {
    return IntStream.range(0, n).map(i -> i + n).sum();
  }

  static class AtInit {
    static final int VALUE = compute();

    @RateLimited("count")
    private static int compute() {
      return 12;
    }
  }

  @Deprecated
  @RateLimited("count")
  static <T> List<T> reflected(@Deprecated T first, List<? super T> second) throws Exception {
    return List.of(first);
  }

  public static void main(String[] args) {
    MethodKinds it = new MethodKinds();
    Tally.charges(0, "nothing", () -> {});
    Tally.charges(1, "a private method", () -> Tally.same(1, it.privateMethod()));
    Tally.charges(1, "a private static method", () -> Tally.same(2, privateStatic()));
    Tally.charges(1, "a final method", () -> Tally.same(3, it.finalMethod()));
    Tally.charges(1, "a synchronized method", () -> Tally.same(4, it.synchronizedMethod()));
    Tally.charges(1, "a static synchronized method", () -> Tally.same(5, staticSynchronized()));
    Tally.charges(1, "a protected method", () -> Tally.same(6.5, it.protectedMethod()));
    Tally.charges(2, "an unannotated caller of two", () -> Tally.same(3, it.unannotated()));
    Tally.charges(3, "a method that calls two of its own", () -> Tally.same(4, it.callsItself()));
    Tally.charges(5, "recursion, each time", () -> Tally.same(120, it.factorial(5)));
    Tally.charges(5, "mutual recursion, each time", () -> Tally.same(true, even(4)));
    Tally.charges(
        1,
        "long and double arguments",
        () -> Tally.same("1/2.0/3/4/5.0/f/2", wide(1, 2, 3, 4, 5, "f", 6, 7)));
    Tally.charges(2, "varargs", () -> Tally.same(2, varargs() + varargs("a", "b")));
    Tally.charges(1, "a generic method", () -> Tally.same(3, max(List.of(1, 3, 2))));
    Tally.charges(1, "a loop at the head", () -> Tally.same(0, loopAtHead(5)));
    Tally.charges(1, "a do loop at the head", () -> Tally.same(0, doLoopAtHead(5)));
    Tally.charges(1, "try and finally", () -> Tally.same("tf", tryAtHead(false)));
    Tally.charges(1, "try, catch and finally", () -> Tally.same("cf", tryAtHead(true)));
    Tally.charges(1, "a method that throws", () -> Tally.throwing("own", () -> throwing()));
    Tally.charges(1, "a large frame", () -> Tally.same(129L, largeFrame(1)));
    Tally.charges(1, "new with a choice inside", () -> Tally.same("no!", ternaryInNew(false)));
    Tally.charges(
        4,
        "small primitive results",
        () -> Tally.same("true1c1.5", "" + primitiveZ() + primitiveB() + primitiveC() + primitiveF()));
    Tally.charges(1, "arrays", () -> Tally.same(new long[][] {{1, 2}}, array(1, 2)));

    Tally.charges(
        2, "default and private interface methods", () -> Tally.same("hello you", new Polite().greet()));
    Tally.charges(2, "a default method through super", () -> Tally.same("hello you!", new Louder().greet()));
    Tally.charges(1, "a static interface method", () -> Tally.same("hail", Greeter.hail()));

    Box box = new Box();
    Tally.charges(1, "a bridge", () -> Tally.same("content", ((Supplier<?>) box).get()));
    Tally.charges(1, "a bridge of arguments", () -> ((Comparable<Box>) box).compareTo(box));
    Tally.charges(1, "a covariant bridge", () -> ((Function<Integer, ?>) box).apply(1));
    Tally.charges(1, "a bridge for visibility", () -> Tally.same(7, new Shown().visible()));
    Tally.charges(
        1,
        "a bridge for visibility, reflected",
        () -> Tally.same(7, Shown.class.getMethod("visible").invoke(new Shown())));
    Tally.charges(
        2,
        "an overrider and its super method",
        () -> Tally.same("parent's child", ((Parent) new Child()).made()));

    Tally.charges(1, "a compact constructor", () -> new Point(1, 2));
    Tally.charges(
        1, "a compact constructor that throws", () -> Tally.throwing("negative", () -> new Point(-1, 2)));
    Point point = new Point(1, 2);
    Tally.charges(1, "a record's accessor", () -> Tally.same(1, point.x()));
    Tally.charges(0, "a record's other accessor", () -> Tally.same(2, point.y()));
    Tally.charges(1, "a record's method", () -> Tally.same(3, point.sum()));
    Tally.charges(2, "a record's static method", () -> Tally.same(0, Point.origin().y()));
    Tally.charges(1, "a canonical constructor", () -> Tally.same(3L, new Canonical(2).value()));
    Tally.charges(2, "a record's this(...)", () -> Tally.same(42L, new Canonical().value()));
    Tally.charges(
        1, "an accessor that is not written", () -> Tally.same(3, new Implicit(3, 4).counted()));
    Tally.charges(0, "the one beside it", () -> Tally.same(4, new Implicit(3, 4).free()));
    Tally.charges(2, "an enum's method", () -> Tally.same("double", (Op.DOUBLE.label() + Op.SAME.label()).substring(0, 6)));
    Tally.charges(1, "a constant's own body", () -> Tally.same(8, Op.DOUBLE.applyAsInt(4)));
    Tally.charges(0, "another constant's body", () -> Tally.same(4, Op.SAME.applyAsInt(4)));
    Tally.charges(3, "an enum's constructors", () -> Tally.same(1, Planet.EARTH.moons));

    Tally.charges(1, "a constructor", () -> Tally.same("x", new Built("x").how));
    Tally.charges(
        3, "this(...) with a call in it", () -> Tally.same("default2", new Built().how));
    Tally.charges(1, "this(...) of an unannotated one", () -> Tally.same("number 3", new Built(3).how));
    Tally.charges(1, "a constructor of long and double", () -> Tally.same("less", new Built(1L, 2.0).how));
    Tally.charges(1, "a constructor that throws", () -> Tally.throwing("equal", () -> new Built(1L, 1.0)));
    Tally.charges(2, "super(...)", () -> Tally.same("sub", new SubBuilt(true).how));
    Tally.charges(3, "an inner class", () -> Tally.same(4, it.new Inner(3).outer()));
    Tally.charges(1, "an anonymous class", () -> Tally.same(9, anonymous(9)));
    Tally.charges(2, "a local class", () -> Tally.same(7, local(5)));
    Tally.charges(1, "a method with a lambda", () -> Tally.same(12, withLambda(3)));
    Tally.charges(1, "a static initializer", () -> Tally.same(12, AtInit.VALUE));

    Supplier<String> reference = box::get;
    Tally.charges(2, "a method reference", () -> Tally.same("content", reference.get() == null ? "" : reference.get()));
    Tally.charges(
        1,
        "reflection",
        () -> {
          var method = MethodKinds.class.getDeclaredMethod("reflected", Object.class, List.class);
          Tally.same(2, method.getAnnotations().length);
          Tally.same(1, method.getParameterAnnotations()[0].length);
          Tally.same("java.util.List<? super T>", method.getGenericParameterTypes()[1].toString());
          Tally.same(List.of(1), method.invoke(null, 1, List.of()));
        });
    Tally.charges(
        1,
        "a method handle",
        () ->
            Tally.same(
                2,
                (int)
                    MethodHandles.lookup()
                        .findStatic(
                            MethodKinds.class, "varargs", MethodType.methodType(int.class, String[].class))
                        .invokeExact(new String[2])));
    Tally.charges(
        1,
        "looking at the woven classes, and an implementation without an annotation",
        () -> {
          Tally.same(2, Greeter.class.getDeclaredMethods().length - 1);
          Tally.same(0, Silent.class.getDeclaredFields().length);
          Tally.same("", new Silent().greet());
        });
  }
}
