package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A limiter is reached through final fields, so who finds one finds all of it (JLS 17.5), even
 * where a program hands it over in a plain field.
 */
public class PublicationStress {

  @JCStressTest
  @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "64, 0", expect = ACCEPTABLE, desc = "There, and full.")
  @State
  public static class InAPlainField {
    private final StandingClock clock = new StandingClock();
    private RateLimiter limiter;

    @Actor
    public void publish() {
      limiter = new CoreRateLimiter(new LocalCore("limiter", Buckets.leasing(64), clock));
    }

    @Actor
    public void use(II_Result r) {
      RateLimiter found = limiter;
      if (found == null) {
        r.r1 = -1;
      } else {
        r.r1 = found.tryAcquire(64) ? 64 : 0;
        r.r2 = found.tryAcquire() ? 1 : 0;
      }
    }
  }
}
