package dev.tollgate.agent.weave;

/** Is told of copies of the runtime. */
public interface CopyListener {
  /** A class that looks for the dispatcher is about to be loaded. */
  void found();
}
