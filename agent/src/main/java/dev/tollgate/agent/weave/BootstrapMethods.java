package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;

/** Counts the bootstrap methods of a class file (JVMS 4.7.23), which the parser doesn't tell. */
final class BootstrapMethods {
  static final int MOST = 65_535;

  private static final int ATTRIBUTE_HEADER = 6;
  private static final int MEMBER_HEADER = 6;
  private static final int CLASS_HEADER = 6;

  private BootstrapMethods() {}

  static int count(ClassReader file) {
    int interfaces = file.header + CLASS_HEADER;
    int fields = interfaces + 2 + 2 * file.readUnsignedShort(interfaces);
    int attributes = afterMembers(file, afterMembers(file, fields));
    char[] buffer = new char[file.getMaxStringLength()];
    int at = attributes + 2;
    for (int left = file.readUnsignedShort(attributes); left > 0; left--) {
      if ("BootstrapMethods".equals(file.readUTF8(at, buffer))) {
        return file.readUnsignedShort(at + ATTRIBUTE_HEADER);
      }
      at = afterAttribute(file, at);
    }
    return 0;
  }

  private static int afterMembers(ClassReader file, int members) {
    int at = members + 2;
    for (int left = file.readUnsignedShort(members); left > 0; left--) {
      int attributes = at + MEMBER_HEADER;
      at = attributes + 2;
      for (int more = file.readUnsignedShort(attributes); more > 0; more--) {
        at = afterAttribute(file, at);
      }
    }
    return at;
  }

  private static int afterAttribute(ClassReader file, int at) {
    return at + ATTRIBUTE_HEADER + file.readInt(at + 2);
  }
}
