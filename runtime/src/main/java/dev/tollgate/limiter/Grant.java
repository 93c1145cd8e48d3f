package dev.tollgate.limiter;

/**
 * Tokens that were granted, and what is to be known of that to give them back: had they never been
 * taken, time might have brought the level to the brim meanwhile, and what went over would be lost.
 * So what comes back late may be less, or nothing: all of it might let more than a full bucket go
 * at one instant.
 *
 * @param moment when they were granted, by the clock
 * @param room how many tokens more the level could have held then, if it had kept these
 * @param refunded how many its turnstile had had given back by then
 * @param limits those of then
 */
record Grant(Level level, long weight, long moment, long room, long refunded, Limits limits) {

  /**
   * How many of them may come back. The level was highest just before something was taken, or is
   * now; the level itself sees to now. Too few rather than too many: how high it was at each time
   * isn't known, but no higher than time and refunds can have made it.
   *
   * @param lastTake when something was taken last
   * @param refundedByThen how many tokens were given back to the turnstile up to that moment
   */
  long left(long lastTake, long refundedByThen, Limits limitsNow) {
    if (!limits.equals(limitsNow)) {
      return 0;
    }
    long age = lastTake - moment;
    if (age < 0) {
      return weight;
    }
    // With all parts but one of a token there before: rounded up.
    long brought = limits.rate().tokensIn(age, limits.rate().periodNanos() - 1);
    long over = brought - room + (refundedByThen - refunded);
    return over <= 0 ? weight : Math.max(0, weight - over);
  }
}
