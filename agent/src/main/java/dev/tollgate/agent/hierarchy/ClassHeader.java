package dev.tollgate.agent.hierarchy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a class file that says what the class is a kind of (JVMS 4.1, 4.4), read without a
 * parser: every class that the program loads comes through here.
 *
 * @param name with slashes
 * @param mentionsUs whether it names any type of Tollgate's, as that of an annotation for one
 * @param seeksDispatcher whether it has the dispatcher's name as a text, as a copy of the runtime
 *     does
 * @param isWoven whether it names the dispatcher as a class, as what calls it does
 * @param hasCode false for an interface none of whose methods has a body
 * @param supertypes the superclass first, then interfaces; those of the JDK may be left out
 * @param lambdas types that its {@code invokedynamic}s make, the JDK's left out: interfaces that
 *     its lambdas and method references implement are among them
 */
record ClassHeader(
    String name,
    boolean isFinal,
    boolean mentionsUs,
    boolean seeksDispatcher,
    boolean isWoven,
    boolean hasCode,
    List<String> supertypes,
    List<String> lambdas) {
  private static final int FIRST_CONSTANT = 10;
  private static final int FINAL = 0x0010;
  private static final int INTERFACE = 0x0200;
  private static final int AT_A_TIME = 16;

  // Tags of constants.
  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;

  /** To a field; to a method and to one of an interface are the next two. */
  private static final int REFERENCE = 9;

  private static final int NAME_AND_TYPE = 12;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int DYNAMIC = 17;
  private static final int INVOKE_DYNAMIC = 18;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  /** What stands for bytes that are no UTF-8. */
  private static final char UNREADABLE = '\uFFFD';

  private static final byte[] JAVA = {'j', 'a', 'v', 'a', '/'};
  private static final byte[] OURS = ascii("Ldev/tollgate/");
  private static final int OURS_LENGTH = 14;

  /** The name of the attribute that a method's body is (JVMS 4.7.3). */
  private static final byte[] CODE = ascii("Code");

  private static final int CODE_LENGTH = 4;
  private static final byte[] DISPATCHER = ascii("java.lang.TollgateDispatcher");
  private static final byte[] DISPATCHER_CLASS = ascii("java/lang/TollgateDispatcher");

  /** Of both forms. */
  private static final int DISPATCHER_LENGTH = 28;

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
    private int[] dynamics = {};
    private int dynamicCount;
    private int next;
    private boolean mentionsUs;
    private boolean seeksDispatcher;
    private boolean isWoven;
    private boolean hasCode;

    Reader(byte[] file, boolean withJdk) {
      this.file = file;
      this.withJdk = withJdk;
    }

    @Nullable ClassHeader read() {
      int at = constants();
      if (at < 0) {
        return null;
      }
      int flags = unsignedShort(at);
      boolean isFinal = (flags & FINAL) != 0;
      hasCode |= (flags & INTERFACE) == 0;
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
          name, isFinal, mentionsUs, seeksDispatcher, isWoven, hasCode, supertypes, lambdas());
    }

    /**
     * Where the constants end; -1 if they can't be read.
     *
     * <p>A few at a time: the JVM compiles a method that was called a hundred times and has gone
     * round and round. Taken in one go that would be after a hundred classes; so it is after the
     * first few.
     */
    private int constants() {
      int count = unsignedShort(8);
      offsets = new int[count];
      int at = FIRST_CONSTANT;
      next = 1;
      while (next < count && at > 0) {
        at = someConstants(next, Math.min(count, next + AT_A_TIME), at);
      }
      return at;
    }

    /** Written for the interpreter: what most constants are comes by in the fewest steps. */
    private int someConstants(int from, int to, int begin) {
      byte[] bytes = file;
      int[] starts = offsets;
      int at = begin;
      int i = from;
      while (i < to) {
        switch (bytes[at]) {
          case UTF8 -> {
            starts[i] = at;
            int length = bytes[at + 2] & 0xff;
            if (bytes[at + 1] != 0) {
              length |= (bytes[at + 1] & 0xff) << 8;
            }
            if (bytes[at + 2 + OURS_LENGTH] == '/' && length > OURS_LENGTH && isAt(at + 3, OURS)) {
              mentionsUs = true;
            }
            if (length == CODE_LENGTH && isAt(at + 3, CODE)) {
              hasCode = true;
            } else if (length == DISPATCHER_LENGTH) {
              seeksDispatcher |= isAt(at + 3, DISPATCHER);
              isWoven |= isAt(at + 3, DISPATCHER_CLASS);
            }
            at += length + 3;
          }
          case REFERENCE, REFERENCE + 1, REFERENCE + 2, INTEGER, FLOAT, DYNAMIC -> at += 5;
          case CLASS -> {
            starts[i] = at;
            at += 3;
          }
          case NAME_AND_TYPE -> {
            starts[i] = at;
            at += 5;
          }
          case STRING, METHOD_TYPE, MODULE, PACKAGE -> at += 3;
          case METHOD_HANDLE -> at += 4;
          case LONG, DOUBLE -> {
            at += 9;
            i++;
          }
          case INVOKE_DYNAMIC -> {
            addDynamic(at);
            at += 5;
          }
          default -> {
            return -1;
          }
        }
        i++;
      }
      next = i;
      return at;
    }

    private void addDynamic(int at) {
      if (dynamicCount == dynamics.length) {
        dynamics = Arrays.copyOf(dynamics, Math.max(4, 2 * dynamicCount));
      }
      dynamics[dynamicCount++] = at;
    }

    private boolean isAt(int at, byte[] text) {
      for (int i = text.length - 1; i >= 0; i--) {
        if (file[at + i] != text[i]) {
          return false;
        }
      }
      return true;
    }

    private List<String> lambdas() {
      List<String> types = List.of();
      for (int i = 0; i < dynamicCount; i++) {
        int at = dynamics[i];
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
      String text = new String(file, start, length, StandardCharsets.UTF_8);
      return text.indexOf(UNREADABLE) < 0 ? text : modifiedUtf8(start, length);
    }

    /** As class files have it (JVMS 4.4.7): each half of a surrogate pair is by itself. */
    private String modifiedUtf8(int start, int length) {
      StringBuilder text = new StringBuilder(length);
      int at = start;
      while (at < start + length) {
        int first = file[at] & 0xff;
        if (first < 0x80) {
          text.append((char) first);
          at++;
        } else if (first < 0xe0) {
          text.append((char) ((first & 0x1f) << 6 | rest(at + 1)));
          at += 2;
        } else {
          text.append((char) ((first & 0x0f) << 12 | rest(at + 1) << 6 | rest(at + 2)));
          at += 3;
        }
      }
      return text.toString();
    }

    private int rest(int at) {
      return file[at] & 0x3f;
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
