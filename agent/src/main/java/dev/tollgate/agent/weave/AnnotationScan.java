package dev.tollgate.agent.weave;

/**
 * Whether a class file names one of the annotations at all. Every class that the program loads
 * comes through here, so this reads the constant pool (JVMS 4.4) and nothing else: no parser, no
 * garbage.
 */
final class AnnotationScan {
  private static final byte[] ONE = ascii(Declaration.RATE_LIMITED);
  private static final byte[] SEVERAL = ascii(Declaration.RATE_LIMITED_LIST);
  private static final byte[] WEIGHT = ascii(Declaration.WEIGHT);
  private static final byte[] KEY = ascii(Declaration.LIMIT_KEY);

  private static final int FIRST_CONSTANT = 10;

  private AnnotationScan() {}

  /** False also for what isn't a class file. */
  static boolean mentionsLimit(byte[] file) {
    if (file.length < FIRST_CONSTANT) {
      return false;
    }
    int count = unsignedShort(file, 8);
    int at = FIRST_CONSTANT;
    for (int i = 1; i < count; i++) {
      if (at + 3 > file.length) {
        return false;
      }
      switch (file[at]) {
        case 1 -> { // Utf8
          int length = unsignedShort(file, at + 1);
          if (isOurs(file, at + 3, length)) {
            return true;
          }
          at += 3 + length;
        }
        case 5, 6 -> { // Long, Double: two entries each
          at += 9;
          i++;
        }
        case 7, 8, 16, 19, 20 -> at += 3; // Class, String, MethodType, Module, Package
        case 15 -> at += 4; // MethodHandle
        case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5; // Integer, Float, references, dynamic
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  /** Whether this is the descriptor of one of them. */
  static boolean isOurs(String descriptor) {
    return descriptor.startsWith("Ldev/tollgate/")
        && (descriptor.equals(Declaration.RATE_LIMITED)
            || descriptor.equals(Declaration.RATE_LIMITED_LIST)
            || descriptor.equals(Declaration.WEIGHT)
            || descriptor.equals(Declaration.LIMIT_KEY));
  }

  private static boolean isOurs(byte[] file, int at, int length) {
    return matches(file, at, length, ONE)
        || matches(file, at, length, SEVERAL)
        || matches(file, at, length, WEIGHT)
        || matches(file, at, length, KEY);
  }

  private static boolean matches(byte[] file, int at, int length, byte[] text) {
    if (length != text.length || at + length > file.length) {
      return false;
    }
    // From the end: names differ there.
    for (int i = text.length - 1; i >= 0; i--) {
      if (file[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] file, int at) {
    return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
  }

  private static byte[] ascii(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }
}
