package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link Entrance} is read for without its lock. A class of its own, since the JVM lays out
 * fields class by class: so padding can stand between it and the lock.
 */
abstract class SettledLimits {
  /**
   * By what calls are refused without the lock; null while these and the levels don't fit. Written
   * under the lock.
   */
  volatile @Nullable Limits settled;

  SettledLimits(Limits limits) {
    settled = limits;
  }
}
