import dev.tollgate.RateLimited;

/** What annotations above can't reach, beside what they can. */
public class InheritsNot {
  interface Action {
    @RateLimited("count")
    void act();

    default void also() {}
  }

  interface Other {
    void act();
  }

  interface Nobody {
    @RateLimited("count")
    void implementedByNobody();
  }

  static class Knowing implements Action {
    @Override
    public void act() {}
  }

  static class Unknowing {
    public void act() {}
  }

  static class Joined extends Unknowing implements Action {}

  static class Below extends Joined {}

  static class Native implements Action {
    @Override
    public native void act();
  }

  static void run(Action action) {
    action.act();
  }

  static Action lambda() {
    return () -> {};
  }

  static Action reference() {
    return InheritsNot::lambda;
  }

  static Other fine() {
    return () -> {};
  }

  public static void main(String[] args) throws Exception {
    run(new Knowing());
    run(new Below());
    run(lambda());
    run(reference());
    fine().act();
    new Native();
    Nobody.class.getName();
    System.out.println("ready");
    System.in.read();
  }
}
