import dev.tollgate.RateLimited;

/**
 * Proxies that extend their target, by their names. Each calls it twice: what is left to the target
 * is charged twice, what the proxy takes itself, once.
 */
public class Proxied {
  interface Client {
    @RateLimited("count")
    default String send(String text) {
      return text;
    }
  }

  static class Target implements Client {}

  static class Target$$EnhancerByHand$$1 extends Target {
    @Override
    public String send(String text) {
      return super.send(super.send(text));
    }
  }

  interface Sender {
    String send(String text);
  }

  interface Overrider extends Sender {
    @Override
    @RateLimited("count")
    default String send(String text) {
      return text;
    }
  }

  interface Below extends Overrider {
    @Override
    default String send(String text) {
      return text;
    }
  }

  static class OfBelow implements Below, Sender {}

  static class OfBelow$$SpringCGLIB$$0 extends OfBelow {
    @Override
    public String send(String text) {
      return super.send(super.send(text));
    }
  }

  interface Again extends Client {
    @Override
    String send(String text);
  }

  abstract static class OfAgain implements Again {}

  static class OfAgain$$EnhancerByHand$$1 extends OfAgain {
    @Override
    public String send(String text) {
      return text;
    }
  }

  static class Unknowing {
    public String send(String text) {
      return text;
    }
  }

  static class Unknowing$$EnhancerByHand$$1 extends Unknowing implements Client {
    @Override
    public String send(String text) {
      return super.send(super.send(text));
    }
  }

  static class Native {
    @RateLimited("count")
    public native void go();
  }

  static class Native$$EnhancerByHand$$1 extends Native {
    @Override
    public void go() {}
  }

  interface Running {
    @RateLimited("count")
    default void run() {}
  }

  static class OfTheJdk extends Thread implements Running {}

  static class OfTheJdk$$EnhancerByHand$$1 extends OfTheJdk {
    @Override
    public void run() {
      super.run();
      super.run();
    }
  }

  static class Ruled {
    public void go() {}
  }

  static class Ruled$$EnhancerByHand$$1 extends Ruled {
    @Override
    public void go() {
      super.go();
      super.go();
    }
  }

  interface RuledDefault {
    default void go() {}
  }

  static class RuledByDefault implements RuledDefault {}

  static class RuledByDefault$$EnhancerByHand$$1 extends RuledByDefault {
    @Override
    public void go() {
      super.go();
      super.go();
    }
  }

  static class Only {
    public void go() {}
  }

  static class Only$$EnhancerByHand$$1 extends Only {
    @Override
    public void go() {
      super.go();
      super.go();
    }
  }

  public static void main(String[] args) {
    Tally.charges(2, "a default method", () -> new Target$$EnhancerByHand$$1().send("x"));
    Tally.charges(2, "an overridden one", () -> new OfBelow$$SpringCGLIB$$0().send("x"));
    Tally.charges(1, "one without a body again", () -> new OfAgain$$EnhancerByHand$$1().send("x"));
    Tally.charges(
        1, "an interface of the proxy's", () -> new Unknowing$$EnhancerByHand$$1().send("x"));
    Tally.charges(1, "a class of the JDK's", () -> new OfTheJdk$$EnhancerByHand$$1().run());
    Tally.charges(1, "a method without a body", () -> new Native$$EnhancerByHand$$1().go());
    Tally.charges(2, "a rule that names both", () -> new Ruled$$EnhancerByHand$$1().go());
    Tally.charges(
        2, "a rule, a default method", () -> new RuledByDefault$$EnhancerByHand$$1().go());
    Tally.charges(1, "a rule that names the proxy", () -> new Only$$EnhancerByHand$$1().go());
    System.out.println("ready");
  }
}
