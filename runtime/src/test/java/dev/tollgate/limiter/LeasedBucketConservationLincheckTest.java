package dev.tollgate.limiter;

/** {@link BucketConservation} of a bucket that leases. */
public class LeasedBucketConservationLincheckTest extends BucketConservation {
  public LeasedBucketConservationLincheckTest() {
    super(ticker -> new LeasedBucket(CONFIG, ticker, CELLS));
  }
}
