package dev.tollgate.agent.link;

import org.jspecify.annotations.Nullable;

/** What a method calls whose limits speak of its arguments in some mixture. */
record GeneralCall(BoundLimits limits) {

  void take(@Nullable Object[] arguments) {
    demand(arguments).take();
  }

  /** Null where it is granted. */
  @Nullable Throwable refusal(@Nullable Object[] arguments) {
    return demand(arguments).refusal();
  }

  /** Takes what is there, and waits for nothing. */
  boolean isThere(@Nullable Object[] arguments) {
    return demand(arguments).isThere();
  }

  private JointCall demand(@Nullable Object[] arguments) {
    return new JointCall(limits.demand(arguments), limits.site().caller());
  }
}
