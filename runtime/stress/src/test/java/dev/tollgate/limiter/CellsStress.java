package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A token in a cell is taken once, whoever comes for it. */
public class CellsStress {

  /** One cell, which is everybody's own, with three tokens. */
  private static Cells three() {
    Cells cells = new Cells(1);
    cells.putInOwn(3);
    return cells;
  }

  private static int take(Cells cells) {
    return cells.take() ? 1 : 0;
  }

  @JCStressTest
  @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "The second thread came too late once.")
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "The first thread came too late once.")
  @State
  public static class TwoThreadsTakeTheLast {
    private final Cells cells = three();

    @Actor
    public void first(III_Result r) {
      r.r1 = take(cells) + take(cells);
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = take(cells) + take(cells);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = (int) cells.sum();
    }
  }

  @JCStressTest
  @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "Both takes came before.")
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "One take came before.")
  @Outcome(id = "0, 3, 0", expect = ACCEPTABLE, desc = "No take came before.")
  @State
  public static class TakeAgainstTakeAll {
    private final Cells cells = three();

    @Actor
    public void taker(III_Result r) {
      r.r1 = take(cells) + take(cells);
    }

    @Actor
    public void emptier(III_Result r) {
      r.r2 = (int) cells.takeAll();
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = (int) cells.sum();
    }
  }

  @JCStressTest
  @Outcome(
      id = "2, 2, 1",
      expect = ACCEPTABLE,
      desc = "Three and two less two are three, of which two went.")
  @State
  public static class TakeAgainstPut {
    private final Cells cells = three();

    @Actor
    public void taker(III_Result r) {
      r.r1 = take(cells) + take(cells);
    }

    @Actor
    public void lessor(III_Result r) {
      cells.putInOwn(2);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r2 = take(cells) + take(cells);
      r.r3 = (int) cells.takeAll();
    }
  }
}
