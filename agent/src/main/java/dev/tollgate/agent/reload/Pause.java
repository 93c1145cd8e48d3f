package dev.tollgate.agent.reload;

/** How time goes by between two looks. */
interface Pause {
  void millis(long millis) throws InterruptedException;
}
