import dev.tollgate.RateLimited;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Annotations on interfaces and superclasses: what implements and overrides, once an entry. */
public class Inherits {
  interface Client {
    @RateLimited("count")
    String send(String text);

    @RateLimited("count")
    default String twice(String text) {
      return text + text;
    }

    String free();
  }

  static class Direct implements Client {
    @Override
    public String send(String text) {
      return "direct " + text;
    }

    @Override
    public String free() {
      return "free";
    }

    public String send(String text, int times) {
      return send(text) + send(text);
    }
  }

  static class Overrider extends Direct {
    @Override
    public String send(String text) {
      return super.send(text);
    }

    @Override
    public String twice(String text) {
      return super.twice(text);
    }
  }

  static class Recursive extends Direct {
    @Override
    public String send(String text) {
      return text.isEmpty() ? "" : send(text.substring(1));
    }
  }

  record Delegate(Client to) implements Client {
    @Override
    public String send(String text) {
      return to.send(text);
    }

    @Override
    public String free() {
      return to.send("free");
    }
  }

  enum Constants implements Client {
    ONE;

    @Override
    public String send(String text) {
      return "one";
    }

    @Override
    public String free() {
      return "";
    }
  }

  static class OwnWins extends Direct {
    @Override
    @RateLimited("other")
    public String send(String text) {
      return "own";
    }
  }

  static class BelowOwn extends OwnWins {
    @Override
    public String send(String text) {
      return "below own";
    }
  }

  @RateLimited("other")
  static class TypeWins extends Direct {
    @Override
    public String send(String text) {
      return "type";
    }
  }

  interface Second {
    @RateLimited("other")
    String send(String text);
  }

  static class OfBoth implements Client, Second {
    @Override
    public String send(String text) {
      if (text.equals("throw")) {
        throw new IllegalStateException("its own");
      }
      return "both";
    }

    @Override
    public String free() {
      return "";
    }
  }

  interface Nearer extends Client {
    @Override
    @RateLimited("other")
    String send(String text);
  }

  static class OfNearer implements Client, Nearer {
    @Override
    public String send(String text) {
      return "nearer";
    }

    @Override
    public String free() {
      return "";
    }
  }

  interface Repository<T> {
    @RateLimited("count")
    void save(T thing);

    @RateLimited("count")
    Object find(long id);
  }

  static class Texts implements Repository<String> {
    final List<String> saved = new ArrayList<>();

    @Override
    public void save(String thing) {
      saved.add(thing);
    }

    @Override
    public String find(long id) {
      return "found " + id;
    }

    public void save(Integer number) {
      saved.add("number " + number);
    }
  }

  static class MoreTexts extends Texts {
    @Override
    public void save(String thing) {
      saved.add("more " + thing);
    }
  }

  abstract static class Base {
    @RateLimited("count")
    abstract int number();

    @RateLimited("count")
    int body(int depth) {
      return depth == 0 ? 0 : 1 + body(depth - 1);
    }

    @RateLimited("count")
    int packagePrivate() {
      return 1;
    }

    @RateLimited("count")
    private int secret() {
      return 2;
    }

    @RateLimited("count")
    static int statically() {
      return 3;
    }

    int callSecret() {
      return secret();
    }

    @RateLimited("count")
    protected Supplier<?> covariant() {
      return () -> "base";
    }
  }

  static class Derived extends Base {
    @Override
    int number() {
      return 7;
    }

    @Override
    int body(int depth) {
      return super.body(depth) + super.body(depth);
    }

    @Override
    int packagePrivate() {
      return 10;
    }

    int secret() {
      return 20;
    }

    static int statically() {
      return 30;
    }

    @Override
    protected Texts2 covariant() {
      return new Texts2();
    }
  }

  static class Texts2 implements Supplier<String> {
    @Override
    public String get() {
      return "covariant";
    }
  }

  @RateLimited("count")
  interface Typed {
    int one();

    int two(long wide, double wider);

    default int three() {
      return one() + two(1, 2);
    }
  }

  static class OfTyped implements Typed {
    @Override
    public int one() {
      return two(1, 2) - 1;
    }

    @Override
    public int two(long wide, double wider) {
      for (int i = 0; ; i++) {
        if (i > wide) {
          return i;
        }
      }
    }

    public int notOfTyped() {
      return 5;
    }
  }

  @RateLimited("count")
  static class TypedBase {
    public int up() {
      return 1;
    }

    public int other() {
      return 2;
    }
  }

  static class BelowTyped extends TypedBase {
    @Override
    public int up() {
      return super.up() + super.other();
    }

    public int added() {
      return 3;
    }
  }

  static Client proxy(Client target) {
    InvocationHandler handler = (proxy, method, arguments) -> method.invoke(target, arguments);
    return (Client)
        Proxy.newProxyInstance(
            Inherits.class.getClassLoader(), new Class<?>[] {Client.class}, handler);
  }

  public static void main(String[] args) throws Throwable {
    Client direct = new Direct();
    Tally.charges(1, "an implementation", () -> Tally.same("direct x", direct.send("x")));
    Tally.charges(0, "a method beside it", direct::free);
    Tally.charges(1, "an inherited default method", () -> Tally.same("xx", direct.twice("x")));
    Tally.charges(2, "calls of it from beside", () -> new Direct().send("x", 2));
    Client overrider = new Overrider();
    Tally.charges(1, "an overrider and its super", () -> Tally.same("direct x", overrider.send("x")));
    Tally.charges(1, "an overridden default method", () -> Tally.same("xx", overrider.twice("x")));
    Tally.charges(1, "recursion of an overrider", () -> new Recursive().send("abc"));
    Tally.charges(1, "a delegate", () -> Tally.same("direct x", new Delegate(direct).send("x")));
    Tally.charges(
        1,
        "delegates of delegates",
        () -> new Delegate(new Delegate(new Delegate(overrider))).send("x"));
    Tally.charges(1, "a call inside from beside", () -> new Delegate(direct).free());
    Tally.charges(1, "an enum", () -> Constants.ONE.send("x"));
    Client proxy = proxy(direct);
    Tally.charges(1, "a proxy and its target", () -> Tally.same("direct x", proxy.send("x")));
    Tally.charges(0, "a proxy's other method", () -> Tally.same("free", proxy.free()));
    Tally.charges(0, 1, "its own annotation", () -> new OwnWins().send("x"));
    Tally.charges(0, 1, "below a nearer annotation", () -> new BelowOwn().send("x"));
    Tally.charges(0, 1, "its type's annotation", () -> new TypeWins().send("x"));
    Tally.charges(1, 1, "two interfaces", () -> Tally.same("both", new OfBoth().send("x")));
    Tally.charges(
        1,
        1,
        "two interfaces, throwing",
        () -> Tally.throwing("its own", () -> new OfBoth().send("throw")));
    Tally.charges(1, 1, "and again", () -> new OfBoth().send("x"));
    Tally.charges(0, 1, "an interface that overrides another", () -> new OfNearer().send("x"));

    Repository<String> texts = new Texts();
    Tally.charges(1, "through a bridge", () -> texts.save("x"));
    Tally.charges(1, "beside the bridge", () -> ((Texts) texts).save("y"));
    Tally.charges(0, "an overload of it", () -> ((Texts) texts).save(5));
    Tally.charges(1, "a covariant result", () -> Tally.same("found 5", texts.find(5)));
    Repository<String> more = new MoreTexts();
    Tally.charges(1, "through a superclass's bridge", () -> more.save("x"));
    Tally.charges(1, "an overrider below a bridge", () -> ((MoreTexts) more).save("y"));
    Tally.charges(1, "an inherited covariant result", () -> more.find(1));
    Tally.same(List.of("x", "y", "number 5"), ((Texts) texts).saved);
    Tally.same(List.of("more x", "more y"), ((Texts) more).saved);

    Base derived = new Derived();
    Tally.charges(1, "an abstract method of a class", () -> Tally.same(7, derived.number()));
    Tally.charges(1, "super twice, recursive", () -> Tally.same(14, derived.body(3)));
    Base plain =
        new Base() {
          @Override
          int number() {
            return 8;
          }
        };
    Tally.charges(4, "recursion of the annotated method", () -> Tally.same(3, plain.body(3)));
    Tally.charges(1, "an anonymous class", () -> Tally.same(8, plain.number()));
    Tally.charges(1, "package-private", () -> Tally.same(10, derived.packagePrivate()));
    Tally.charges(1, "private, as declared", () -> Tally.same(2, derived.callSecret()));
    Tally.charges(0, "named like a private one", () -> ((Derived) derived).secret());
    Tally.charges(0, "hiding a static one", Derived::statically);
    Tally.charges(1, "the static one", Base::statically);
    Tally.charges(1, "a covariant bridge", () -> Tally.same("covariant", derived.covariant().get()));

    Typed typed = new OfTyped();
    Tally.charges(1, "a type's abstract method", () -> Tally.same(1, typed.one()));
    Tally.charges(1, "a type's with a loop", () -> Tally.same(2, typed.two(1, 2)));
    Tally.charges(1, "a type's default method", () -> Tally.same(3, typed.three()));
    Tally.charges(0, "one that the type hasn't", ((OfTyped) typed)::notOfTyped);
    Tally.charges(1, "an annotated superclass", () -> Tally.same(3, new BelowTyped().up()));
    Tally.charges(1, "its inherited method", () -> new BelowTyped().other());
    Tally.charges(0, "a method that it hasn't", () -> new BelowTyped().added());
    Object lock = new Object();
    synchronized (lock) {
      for (int i = 0; i < 3; i++) {
        Tally.charges(1, "an implementation again", () -> overrider.send("x"));
      }
    }
  }
}
