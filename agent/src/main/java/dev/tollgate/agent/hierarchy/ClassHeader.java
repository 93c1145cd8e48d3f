package dev.tollgate.agent.hierarchy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a class file that says what the class is a kind of (JVMS 4.1, 4.4), read without a
 * parser: every class that the program loads comes through here.
 *
 * @param name with slashes
 * @param mentionsUs whether it names any type of Tollgate's, as that of an annotation for one
 * @param supertypes the superclass first, then interfaces; those of the JDK may be left out
 * @param lambdas types that its {@code invokedynamic}s make, the JDK's left out: interfaces that
 *     its lambdas and method references implement are among them
 */
record ClassHeader(
    String name,
    boolean isFinal,
    boolean mentionsUs,
    List<String> supertypes,
    List<String> lambdas) {
  private static final int FIRST_CONSTANT = 10;
  private static final int FINAL = 0x0010;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int INVOKE_DYNAMIC = 18;

  /** By tag; 0 where there is none. */
  private static final int[] SIZES = new int[INVOKE_DYNAMIC + 3];

  private static final byte[] JAVA = {'j', 'a', 'v', 'a', '/'};
  private static final byte[] OURS = ascii("Ldev/tollgate/");

  static {
    int[] tags = {3, 4, 7, 8, 9, 10, 11, 12, 15, 16, 17, INVOKE_DYNAMIC, 19, 20, LONG, DOUBLE};
    int[] sizes = {5, 5, 3, 3, 5, 5, 5, 5, 4, 3, 5, 5, 3, 3, 9, 9};
    for (int i = 0; i < tags.length; i++) {
      SIZES[tags[i]] = sizes[i];
    }
  }

  /**
   * Null for what isn't a class file.
   *
   * @param withJdk whether to name supertypes of the JDK, as far as rules may name them
   */
  static @Nullable ClassHeader read(byte[] file, boolean withJdk) {
    try {
      return new Reader(file, withJdk).read();
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static final class Reader {
    private final byte[] file;
    private final boolean withJdk;
    private int[] offsets = {};
    private int dynamics;
    private boolean mentionsUs;

    Reader(byte[] file, boolean withJdk) {
      this.file = file;
      this.withJdk = withJdk;
    }

    @Nullable ClassHeader read() {
      int at = constants();
      if (at < 0) {
        return null;
      }
      boolean isFinal = (unsignedShort(at) & FINAL) != 0;
      List<String> supertypes = List.of();
      int count = unsignedShort(at + 6);
      for (int i = -1; i < count; i++) {
        int type = unsignedShort(i < 0 ? at + 4 : at + 8 + 2 * i);
        if (type != 0) {
          int utf8 = offsets[unsignedShort(offsets[type] + 1)];
          supertypes = with(supertypes, utf8 + 3, unsignedShort(utf8 + 1), withJdk);
        }
      }
      int self = offsets[unsignedShort(offsets[unsignedShort(at + 2)] + 1)];
      String name = text(self + 3, unsignedShort(self + 1));
      return new ClassHeader(
          name, isFinal, mentionsUs, supertypes, dynamics == 0 ? List.of() : lambdas());
    }

    /** Where the constants end; -1 if they can't be read. Written for the interpreter. */
    private int constants() {
      byte[] bytes = file;
      int count = unsignedShort(8);
      int[] starts = new int[count];
      int found = 0;
      int at = FIRST_CONSTANT;
      for (int i = 1; i < count; i++) {
        starts[i] = at;
        int tag = bytes[at];
        if (tag == UTF8) {
          int length = (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
          // From the end: names differ there.
          if (length > OURS.length && bytes[at + 2 + OURS.length] == '/' && isOurs(at + 3)) {
            mentionsUs = true;
          }
          at += 3 + length;
        } else {
          int size = SIZES[tag];
          if (size == 0) {
            return -1;
          }
          at += size;
          if (tag == INVOKE_DYNAMIC) {
            found++;
          } else if (tag == LONG || tag == DOUBLE) {
            i++;
          }
        }
      }
      offsets = starts;
      dynamics = found;
      return at;
    }

    private boolean isOurs(int at) {
      for (int i = OURS.length - 2; i >= 0; i--) {
        if (file[at + i] != OURS[i]) {
          return false;
        }
      }
      return true;
    }

    private List<String> lambdas() {
      List<String> types = List.of();
      int left = dynamics;
      for (int i = 1; left > 0 && i < offsets.length; i++) {
        int at = offsets[i];
        if (at == 0 || file[at] != INVOKE_DYNAMIC) {
          continue;
        }
        left--;
        int nameAndType = offsets[unsignedShort(at + 3)];
        int descriptor = offsets[unsignedShort(nameAndType + 3)];
        int end = descriptor + 3 + unsignedShort(descriptor + 1);
        int result = end - 1;
        while (file[result] != ')') {
          result--;
        }
        if (file[result + 1] == 'L') {
          types = with(types, result + 2, end - result - 3, false);
        }
      }
      return types;
    }

    /** Adds the name that stands there, but for names that can't matter. */
    private List<String> with(List<String> names, int start, int length, boolean jdkToo) {
      boolean isJava = startsWithJava(start);
      if (isJava && !jdkToo) {
        return names;
      }
      String name = text(start, length);
      boolean left =
          isJava
              ? name.startsWith("java/lang/")
                  || name.startsWith("java/util/")
                  || name.startsWith("java/io/")
              : !jdkToo && JdkNames.contains(name);
      if (left || names.contains(name)) {
        return names;
      }
      List<String> more = names.isEmpty() ? new ArrayList<>(2) : names;
      more.add(name);
      return more;
    }

    private String text(int start, int length) {
      return new String(file, start, length, StandardCharsets.UTF_8);
    }

    private boolean startsWithJava(int at) {
      for (int i = 0; i < JAVA.length; i++) {
        if (file[at + i] != JAVA[i]) {
          return false;
        }
      }
      return true;
    }

    private int unsignedShort(int at) {
      return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
    }
  }

  private static byte[] ascii(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }
}
