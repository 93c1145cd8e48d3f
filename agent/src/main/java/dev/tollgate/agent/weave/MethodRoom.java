package dev.tollgate.agent.weave;

/**
 * Counts what a woven method consists of. A class file has two bytes for each of these numbers
 * (JVMS 4.7.3, 4.7.12), and the writer would cut off what is above.
 */
final class MethodRoom {
  private static final int MOST = 65_535;

  private final String method;
  private int handlers;
  private int lines;

  /**
   * @param method its name and descriptor, joined
   */
  MethodRoom(String method) {
    this.method = method;
  }

  void addHandler() {
    handlers++;
    check(handlers, "exception handlers");
  }

  void addLine() {
    lines++;
    check(lines, "line numbers");
  }

  /** A frame names each local variable up to ours: of a small file that may make megabytes. */
  NoRoomException ofFrames() {
    return new NoRoomException(
        method, "woven, its stack map would be too large: annotate a method that calls it");
  }

  void checkMaxs(int maxStack, int maxLocals) {
    check(maxStack, "slots of the operand stack");
    check(maxLocals, "slots of local variables");
  }

  private void check(int needed, String what) {
    if (needed > MOST) {
      throw new NoRoomException(
          method,
          "woven, it would have "
              + needed
              + " "
              + what
              + ", and a class file allows "
              + MOST
              + ": annotate a method that calls it");
    }
  }
}
