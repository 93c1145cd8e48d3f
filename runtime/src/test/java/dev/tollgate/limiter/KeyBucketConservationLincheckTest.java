package dev.tollgate.limiter;

/** {@link BucketConservation} of a key's bucket. */
public class KeyBucketConservationLincheckTest extends BucketConservation {
  public KeyBucketConservationLincheckTest() {
    super(ticker -> new BucketOfAKey(CONFIG, ticker));
  }
}
