package dev.tollgate.limiter;

/**
 * Whoever waits for a level without having taken anything of it, and wants to look again when it
 * may hold more, or less, than was to be expected.
 */
interface Watch {

  /** Called under a turnstile's lock. */
  void lookAgain();
}
