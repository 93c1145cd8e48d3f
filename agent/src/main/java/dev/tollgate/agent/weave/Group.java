package dev.tollgate.agent.weave;

/**
 * What one entry takes once by: the methods that one declaration reaches.
 *
 * @param declaringClass as in {@link Class#getName()}; empty for a rule
 * @param member empty for a whole type, a method's name and descriptor, or the rule's text
 */
record Group(String declaringClass, String member, Kind kind) {
  /** What a method of the group does. */
  enum Kind {
    /** Takes where the thread is in no other method of the group, and is one while it runs. */
    ENTRY,

    /**
     * Carries the annotation itself: takes at each execution, but inside an overrider, which has
     * taken already and calls {@code super}.
     */
    EACH
  }

  /** As call sites name it. */
  String text() {
    return declaringClass + "#" + member;
  }
}
