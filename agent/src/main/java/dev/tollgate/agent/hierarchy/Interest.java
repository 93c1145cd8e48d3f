package dev.tollgate.agent.hierarchy;

/** Which classes say something about those below them. */
public interface Interest {
  /**
   * @param internalName with slashes
   * @param file the class's bytes
   */
  boolean isIn(String internalName, byte[] file);
}
