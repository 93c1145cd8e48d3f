import dev.tollgate.RateLimited;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;

/** Annotations on types: their public methods, once an entry. */
public class TypeLimits {
  @RateLimited("count")
  static class Service {
    int depth;

    public Service() {}

    public Service(Service other) {
      other.plain();
    }

    public int plain() {
      return 1;
    }

    public static int statically() {
      return 2;
    }

    public final synchronized int synchronizedFinal() {
      return Thread.holdsLock(this) ? 3 : 0;
    }

    int packagePrivate() {
      return 4;
    }

    protected int protectedMethod() {
      return 5;
    }

    private int privateMethod() {
      return 6;
    }

    private int privateThatCallsPublic() {
      return plain() + plain();
    }

    public int callsAll() {
      return plain()
          + statically()
          + synchronizedFinal()
          + packagePrivate()
          + protectedMethod()
          + privateMethod();
    }

    public int overloaded(int n) {
      return overloaded((long) n, 1.0);
    }

    public int overloaded(long n, double d) {
      return overloaded(String.valueOf(n + d));
    }

    public int overloaded(String s) {
      return s.length();
    }

    public int recursive(int n) {
      return n == 0 ? 0 : 1 + recursive(n - 1);
    }

    public int throwing(int deep) {
      if (deep > 0) {
        return throwing(deep - 1);
      }
      throw new IllegalStateException("thrown");
    }

    public int catching() {
      try {
        return throwing(3);
      } catch (IllegalStateException e) {
        return plain();
      }
    }

    public int onAnother(Service other) {
      return other.callsAll();
    }

    public int onAnotherThread() throws Exception {
      int[] result = new int[1];
      Thread thread = new Thread(() -> result[0] = plain() + plain());
      thread.start();
      thread.join();
      return result[0] + plain();
    }

    public int constructs() {
      return new Service(this).plain();
    }

    public void calls(Runnable body) {
      body.run();
    }

    @RateLimited("other")
    public int own() {
      return plain();
    }

    public int callsOwn() {
      return own() + own();
    }

    @RateLimited("other")
    private int ownPrivate() {
      return 1;
    }

    @RateLimited("other")
    Service(int n) {
      depth = n;
    }
  }

  static class Sub extends Service {
    @Override
    public int plain() {
      return 10;
    }

    @Override
    public int recursive(int n) {
      return super.recursive(n);
    }

    public int added() {
      return plain();
    }
  }

  @RateLimited("count")
  static class AnotherService {
    public int calls(Service service) {
      return service.plain() + service.callsAll();
    }
  }

  /** The interface's own bodies; implementations are another matter. */
  @RateLimited("count")
  interface Face {
    default int doubled(int n) {
      return n + same(n);
    }

    default int same(int n) {
      return secret(n);
    }

    static int statically() {
      return 1;
    }

    private int secret(int n) {
      return n;
    }
  }

  @RateLimited("count")
  record Pair(int a, long b) {
    public long sum() {
      return a() + b();
    }
  }

  @RateLimited("count")
  enum Op implements IntUnaryOperator {
    TWICE;

    @Override
    public int applyAsInt(int n) {
      return 2 * n;
    }
  }

  @RateLimited("count")
  static class Generic implements Callable<String>, Comparable<Generic> {
    @Override
    public String call() {
      return "called";
    }

    @Override
    public int compareTo(Generic o) {
      return call().length() - o.call().length();
    }
  }

  /** Frames of every sort, for the verifier. */
  @RateLimited("count")
  static class Frames {
    public int loopAtHead(int n) {
      while (true) {
        if (--n <= 0) {
          return n;
        }
      }
    }

    public void forever(int[] n) {
      for (; ; ) {
        if (n[0]-- == 0) {
          throw new IllegalStateException("end");
        }
      }
    }

    public String tryAtHead(int n, long wide, double wider, Object... rest) {
      String log = "";
      for (int i = 0; i < n; i++) {
        long inner = i + wide;
        try {
          double more = wider + inner;
          if (i % 2 == 0) {
            throw new IllegalArgumentException("" + (int) more);
          }
          log += "t";
          if (i == 5) {
            return log;
          }
        } catch (IllegalArgumentException | NullPointerException e) {
          int x = e.getMessage().length();
          log += x;
        } finally {
          synchronized (rest) {
            log += "f";
          }
        }
      }
      return log;
    }

    public Object choice(boolean a, long b) {
      return new StringBuilder(a ? new String("yes") : b > 0 ? "maybe" : null)
          .append(a && b > 1 ? 1 : 2)
          .toString();
    }

    public double switches(String text, int n) {
      double result = 0;
      switch (text) {
        case "a", "b" -> result += n;
        case "c" -> {
          long wide = n;
          result += wide * 2;
        }
        default -> {
          for (long i = 0; i < n; i++) {
            if (i == 3) {
              continue;
            }
            result += i;
          }
        }
      }
      return result;
    }

    public boolean z(boolean b) {
      return !b;
    }

    public byte b() {
      return 1;
    }

    public char c() {
      return 'c';
    }

    public float f(float f) {
      return f > 1 ? f : -f;
    }

    public long[] arrays(long[] a, List<? extends Number>... more) {
      long[] copy = a == null ? new long[1] : a.clone();
      for (List<? extends Number> list : more) {
        for (Number number : list) {
          copy[0] += number.longValue();
        }
      }
      return copy;
    }
  }

  public static void main(String[] args) {
    Service it = new Service();
    Tally.charges(0, "constructors", () -> new Service());
    Tally.charges(1, "a public method", () -> Tally.same(1, it.plain()));
    Tally.charges(2, "two entries", () -> Tally.same(2, it.plain() + it.plain()));
    Tally.charges(1, "a static method", () -> Tally.same(2, Service.statically()));
    Tally.charges(1, "a synchronized final one", () -> Tally.same(3, it.synchronizedFinal()));
    Tally.charges(0, "a package-private one", () -> Tally.same(4, it.packagePrivate()));
    Tally.charges(0, "a protected one", () -> Tally.same(5, it.protectedMethod()));
    Tally.charges(0, "a private one", () -> Tally.same(6, it.privateMethod()));
    Tally.charges(2, "entries from a private one", () -> Tally.same(2, it.privateThatCallsPublic()));
    Tally.charges(1, "calls of all the others", () -> Tally.same(21, it.callsAll()));
    Tally.charges(1, "overloads", () -> Tally.same(3, it.overloaded(5)));
    Tally.charges(1, "recursion", () -> Tally.same(9, it.recursive(9)));
    Tally.charges(1, "an exception", () -> Tally.throwing("thrown", () -> it.throwing(3)));
    Tally.charges(1, "a call after the exception", () -> it.plain());
    Tally.charges(1, "an exception inside", () -> Tally.same(1, it.catching()));
    Tally.charges(1, "a call after that", () -> it.plain());
    Tally.charges(1, "another object of the type", () -> Tally.same(21, it.onAnother(new Service())));
    Tally.charges(3, "another thread by itself", () -> Tally.same(3, it.onAnotherThread()));
    Tally.charges(1, "an entry that constructs", () -> Tally.same(1, it.constructs()));
    Tally.charges(1, "a constructor that calls a public one", () -> new Service(it));
    Tally.charges(1, "a callback", () -> it.calls(() -> it.plain()));
    Tally.charges(1, "a callback of a callback", () -> it.calls(() -> it.calls(it::callsAll)));
    Tally.charges(1, 1, "a method's own, and what it enters", () -> Tally.same(1, it.own()));
    Tally.charges(1, 2, "an entry that reaches a method's own", () -> Tally.same(2, it.callsOwn()));
    Tally.charges(0, 1, "a private method's own", () -> Tally.same(1, it.ownPrivate()));
    Tally.charges(0, 1, "a constructor's own", () -> new Service(3));

    Sub sub = new Sub();
    Tally.charges(1, "an inherited method", () -> Tally.same(2, sub.statically()));
    Tally.charges(1, "an inherited method of an object", () -> sub.synchronizedFinal());
    Tally.charges(1, "super called by an overrider", () -> Tally.same(4, sub.recursive(4)));
    Tally.charges(3, "two types of one limiter, the second entered twice", () -> new AnotherService().calls(it));

    Face face = new Face() {};
    Tally.charges(1, "an interface's default methods", () -> Tally.same(6, face.doubled(3)));
    Tally.charges(1, "an interface's static method", () -> Tally.same(1, Face.statically()));
    Pair pair = new Pair(1, 2);
    Tally.charges(1, "a record's method and its accessors", () -> Tally.same(3L, pair.sum()));
    Tally.charges(0, "what the compiler gives a record", () -> Tally.same("Pair[a=1, b=2]", pair.toString()));
    Tally.charges(1, "an enum's method", () -> Tally.same(6, Op.TWICE.applyAsInt(3)));
    Tally.charges(1, "a bridge", () -> ((Callable<?>) new Generic()).call());
    Tally.charges(
        1, "a bridge that calls others", () -> Tally.same(0, ((Comparable<Generic>) new Generic()).compareTo(new Generic())));

    Frames frames = new Frames();
    Tally.charges(1, "a loop at the head", () -> Tally.same(0, frames.loopAtHead(5)));
    Tally.charges(1, "an endless loop", () -> Tally.throwing("end", () -> frames.forever(new int[] {3})));
    Tally.charges(
        1,
        "try, catch, finally and return",
        () -> Tally.same("1ftf1ftf1ft", frames.tryAtHead(9, 1, 2.0).substring(0, 11)));
    Tally.charges(1, "new with a choice inside", () -> Tally.same("maybe2", frames.choice(false, 2)));
    Tally.charges(1, "switches", () -> Tally.same(7.0, frames.switches("x", 5)));
    Tally.charges(
        4,
        "small primitive results",
        () -> Tally.same("true1c2.5", "" + frames.z(false) + frames.b() + frames.c() + frames.f(2.5f)));
    Tally.charges(
        1, "arrays", () -> Tally.same(new long[] {6}, frames.arrays(null, List.of(1, 2), List.of(3L))));
  }
}
