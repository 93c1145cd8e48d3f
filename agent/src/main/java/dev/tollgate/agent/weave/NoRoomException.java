package dev.tollgate.agent.weave;

/** Thrown while a method is written that would be larger, woven, than a class file can express. */
final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String method;
  private final String why;

  /**
   * @param method its name and descriptor, joined
   * @param why for the report
   */
  NoRoomException(String method, String why) {
    super(why, null, false, false);
    this.method = method;
    this.why = why;
  }

  String method() {
    return method;
  }

  String why() {
    return why;
  }
}
