package dev.tollgate.agent.hierarchy;

/** Which classes say something about those below them. */
public interface Interest {
  /**
   * Asked once of each class.
   *
   * @param internalName with slashes
   * @param mentionsUs whether any type of Tollgate's is named in {@code file}, as the type of an
   *     annotation for one
   * @param file the class's bytes
   */
  boolean isIn(String internalName, boolean mentionsUs, byte[] file);
}
