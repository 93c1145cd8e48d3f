import java.util.ArrayList;
import java.util.List;

/** Code that carries no annotation; RulesIT's rules name it. */
public class Ruled {
  static class Client {
    Client() {}

    Client(int number) {
      this(number, "");
    }

    Client(int number, String text) {
      super();
      new ArrayList<>(List.of(number, text));
    }

    private String send(String text) {
      return send(text, 1);
    }

    private String send(String text, int times) {
      return times == 1 ? text : text + send(text, times - 1);
    }

    static String statically() {
      return new Client().send("x");
    }

    String beside() {
      return "beside";
    }

    void only(int number) {}

    void only(byte[] bytes, java.util.Map.Entry<String, Integer> entry) {}
  }

  interface Port {
    String call(int number);

    default String twice(int number) {
      return call(number) + call(number);
    }
  }

  static class Adapter implements Port {
    @Override
    public String call(int number) {
      return "adapter " + number;
    }

    public String other() {
      return call(1);
    }
  }

  static class Facade extends Adapter {
    private final Port to = new Adapter();

    @Override
    public String call(int number) {
      return to.call(number) + super.call(number);
    }
  }

  static class Service {
    public String run() {
      return "run";
    }
  }

  static class SubService extends Service {
    @Override
    public String run() {
      return "sub " + super.run();
    }

    public String runMore() {
      return run();
    }
  }

  static class Unnamed extends Service {}

  static class StarOne {
    void handle() {}
  }

  static class StarTwo {
    void handle() {
      new StarOne().handle();
    }

    void other() {}
  }

  static class TwoRules {
    void both() {}
  }

  static class Annotated {
    @dev.tollgate.RateLimited("other")
    void own() {}
  }

  public static void main(String[] args) throws Throwable {
    Client client = new Client();
    Tally.charges(1, "overloads that call each other", () -> Tally.same("x", client.send("x")));
    Tally.charges(1, "a recursive one", () -> Tally.same("xxx", client.send("x", 3)));
    Tally.charges(1, "a call from beside", Client::statically);
    Tally.charges(0, "a method that no rule names", client::beside);
    Tally.charges(0, "an overload that isn't meant", () -> client.only(1));
    Tally.charges(1, "an overload that is meant", () -> client.only(new byte[0], null));
    Tally.charges(1, "a constructor", () -> new Constructed());
    Tally.charges(1, "constructors that call each other", () -> new Constructed(1));

    Port adapter = new Adapter();
    Tally.charges(1, "an implementation", () -> Tally.same("adapter 1", adapter.call(1)));
    Tally.charges(2, "through a method that isn't named", () -> adapter.twice(1));
    Tally.charges(1, "a facade", () -> Tally.same("adapter 2adapter 2", new Facade().call(2)));
    Tally.charges(0, "no lambda", () -> ((Port) n -> "lambda").call(1));

    Tally.charges(1, "a type with its subtypes", () -> new Service().run());
    Tally.charges(1, "a subtype", () -> Tally.same("sub run", new SubService().run()));
    Tally.charges(1, "a subtype's own", () -> Tally.same("sub run", new SubService().runMore()));
    Tally.charges(1, "an inherited method", () -> new Unnamed().run());

    Tally.charges(1, "stars", () -> new StarOne().handle());
    Tally.charges(1, "stars in stars", () -> new StarTwo().handle());
    Tally.charges(0, "beside the stars", () -> new StarTwo().other());
    Tally.charges(2, 1, "two rules of one text and another", () -> new TwoRules().both());
    Tally.charges(0, 1, "an annotation", () -> new Annotated().own());
    System.out.println("ready");
    System.in.read();
  }

  static class Constructed {
    Constructed() {
      this(1);
    }

    Constructed(int number) {
      this(number, new Constructed[0]);
    }

    Constructed(int number, Constructed[] others) {}
  }
}
