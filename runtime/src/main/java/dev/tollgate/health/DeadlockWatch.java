package dev.tollgate.health;

import java.util.List;

/** Looks for threads that wait for each other and will for ever. */
interface DeadlockWatch {

  /** What is certain now, in a line each. */
  List<String> look();

  /** Whether the last look found something that only another, soon, can make certain. */
  boolean isUnsure();
}
