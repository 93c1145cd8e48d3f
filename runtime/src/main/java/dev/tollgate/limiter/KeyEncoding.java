package dev.tollgate.limiter;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One key as bytes: values are equal if, and only if, their bytes are. Each value begins with a tag
 * that says what it is, and says itself where it ends, so no two are spelled alike.
 *
 * <ul>
 *   <li>Arrays: the element type and the elements, all the way down.
 *   <li>Records: the type and the components. Enum constants: the type and the name.
 *   <li>Lists and queues: the elements, in order. Maps, sets and other collections: the elements,
 *       in any order; of each the digest is taken, and the digests are added up.
 *   <li>Optionals and map entries: what they hold.
 *   <li>Values of the JDK: as their {@code equals} has it ({@link JdkValues}).
 *   <li>All else, and records of modules that aren't open: the type and the text.
 * </ul>
 *
 * <p>A value that throws when it is asked is the same as others of its type that do. Below {@value
 * #DEEPEST} levels only types are told apart, so one that holds itself ends. Keys of more than
 * {@value #MOST_VALUES} values or 8 GiB aren't told apart either.
 */
final class KeyEncoding {
  private static final int DEEPEST = 64;
  private static final int MOST_VALUES = 1 << 20;
  private static final long MOST_BYTES = 1L << 33;

  private static final ClassValue<Optional<List<Method>>> ACCESSORS = new RecordAccessors();

  private enum Tag {
    END,
    NULL,
    FAILED,
    TEXT,
    JDK_VALUE,
    ARRAY,
    RECORD,
    ENUM,
    LIST,
    QUEUE,
    SET,
    MAP,
    COLLECTION,
    OPTIONAL,
    ENTRY,
    OTHER,
    DEEP
  }

  private int valuesLeft = MOST_VALUES;
  private long bytesLeft = MOST_BYTES;

  /** What is kept of {@code key}. An encoding is good for one. */
  EncodedKey of(Object key) {
    KeyBytes out = new KeyBytes();
    value(key, out, 0);
    return new EncodedKey(out.kept());
  }

  private void value(@Nullable Object value, KeyBytes out, int depth) {
    valuesLeft--;
    if (valuesLeft < 0) {
      throw new TooLarge();
    }
    if (value == null) {
      tag(Tag.NULL, out);
    } else if (value instanceof String text) {
      tag(Tag.TEXT, out);
      text(text, out);
    } else if (value instanceof Enum<?> constant) {
      tag(Tag.ENUM, out);
      text(constant.getDeclaringClass().getName(), out);
      text(constant.name(), out);
    } else if (!boxed(value, out)) {
      composed(value, out, depth);
    }
  }

  private void composed(Object value, KeyBytes out, int depth) {
    if (depth == DEEPEST) {
      typed(Tag.DEEP, value, out);
    } else if (value.getClass().isArray()) {
      array(value, out, depth + 1);
    } else if (value.getClass().isRecord()) {
      record(value, out, depth + 1);
    } else if (!holder(value, out, depth + 1)) {
      plain(value, out);
    }
  }

  private boolean holder(Object value, KeyBytes out, int depth) {
    if (value instanceof List<?> list) {
      tag(Tag.LIST, out);
      inOrder(list, out, depth);
    } else if (value instanceof Map<?, ?> map) {
      tag(Tag.MAP, out);
      entries(map, out, depth);
    } else if (value instanceof Collection<?> elements) {
      collection(elements, out, depth);
    } else if (value instanceof Optional<?> optional) {
      tag(Tag.OPTIONAL, out);
      value(optional.orElse(null), out, depth);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      tag(Tag.ENTRY, out);
      entry(entry, out, depth);
    } else {
      return false;
    }
    return true;
  }

  private void collection(Collection<?> elements, KeyBytes out, int depth) {
    if (elements instanceof Queue<?>) {
      tag(Tag.QUEUE, out);
      inOrder(elements, out, depth);
    } else {
      tag(elements instanceof Set<?> ? Tag.SET : Tag.COLLECTION, out);
      inAnyOrder(elements, out, depth);
    }
  }

  private void inOrder(Iterable<?> elements, KeyBytes out, int depth) {
    Elements each = new Elements(elements::iterator);
    while (each.advance()) {
      value(each.current, out, depth);
    }
    tag(each.hasFailed ? Tag.FAILED : Tag.END, out);
  }

  private void inAnyOrder(Iterable<?> elements, KeyBytes out, int depth) {
    DigestSum sum = new DigestSum();
    Elements each = new Elements(elements::iterator);
    while (each.advance()) {
      KeyBytes own = new KeyBytes();
      value(each.current, own, depth);
      sum.add(own.digest());
    }
    sum.putInto(out);
    tag(each.hasFailed ? Tag.FAILED : Tag.END, out);
  }

  private void entries(Map<?, ?> map, KeyBytes out, int depth) {
    DigestSum sum = new DigestSum();
    Elements each = new Elements(() -> map.entrySet().iterator());
    while (each.advance()) {
      KeyBytes own = new KeyBytes();
      if (each.current instanceof Map.Entry<?, ?> entry) {
        entry(entry, own, depth);
      } else {
        tag(Tag.FAILED, own);
      }
      sum.add(own.digest());
    }
    sum.putInto(out);
    tag(each.hasFailed ? Tag.FAILED : Tag.END, out);
  }

  private void entry(Map.Entry<?, ?> entry, KeyBytes out, int depth) {
    Object key;
    Object value;
    try {
      key = entry.getKey();
      value = entry.getValue();
    } catch (Throwable fault) {
      tag(Tag.FAILED, out);
      return;
    }
    value(key, out, depth);
    value(value, out, depth);
  }

  private void record(Object record, KeyBytes out, int depth) {
    Optional<List<Method>> accessors = ACCESSORS.get(record.getClass());
    if (accessors.isEmpty()) {
      plain(record, out);
      return;
    }
    typed(Tag.RECORD, record, out);
    for (Method accessor : accessors.get()) {
      Object component;
      try {
        component = accessor.invoke(record);
      } catch (Throwable fault) {
        tag(Tag.FAILED, out);
        continue;
      }
      value(component, out, depth);
    }
  }

  private void array(Object array, KeyBytes out, int depth) {
    typed(Tag.ARRAY, array, out);
    int length = Array.getLength(array);
    out.putInt(length);
    if (array instanceof Object[] elements) {
      for (Object element : elements) {
        value(element, out, depth);
      }
      return;
    }
    charge((long) length * Long.BYTES);
    if (array instanceof byte[] bytes) {
      out.put(ByteBuffer.wrap(bytes));
    } else if (array instanceof char[] chars) {
      for (char each : chars) {
        out.putChar(each);
      }
    } else {
      for (int i = 0; i < length; i++) {
        boxed(Array.get(array, i), out);
      }
    }
  }

  private void plain(Object value, KeyBytes out) {
    if (value instanceof StringBuilder || value instanceof StringBuffer) {
      // Its text may be a gigabyte: not copied.
      typed(Tag.OTHER, value, out);
      changing((CharSequence) value, out);
      return;
    }
    ByteBuffer content = JdkValues.content(value);
    if (content != null) {
      tag(Tag.JDK_VALUE, out);
      text(JdkValues.type(value), out);
      charge(content.remaining());
      out.putInt(content.remaining());
      out.put(content);
      return;
    }
    typed(Tag.OTHER, value, out);
    String text;
    try {
      text = value.toString();
    } catch (Throwable fault) {
      tag(Tag.FAILED, out);
      return;
    }
    value(text, out, DEEPEST);
  }

  private void changing(CharSequence text, KeyBytes out) {
    try {
      tag(Tag.TEXT, out);
      text(text, out);
    } catch (IndexOutOfBoundsException e) {
      tag(Tag.FAILED, out);
    }
  }

  /** Writes a boxed value; says whether it was one. Its letter, the JVM's, is no tag. */
  private static boolean boxed(Object value, KeyBytes out) {
    if (value instanceof Integer number) {
      out.put('I');
      out.putInt(number);
    } else if (value instanceof Long number) {
      out.put('J');
      out.putLong(number);
    } else if (value instanceof Double number) {
      // As equals has it: all NaN are one, and zeros are two.
      out.put('D');
      out.putLong(Double.doubleToLongBits(number));
    } else if (value instanceof Float number) {
      out.put('F');
      out.putInt(Float.floatToIntBits(number));
    } else if (value instanceof Boolean bool) {
      out.put('Z');
      out.put(bool ? 1 : 0);
    } else if (value instanceof Character character) {
      out.put('C');
      out.putChar(character);
    } else if (value instanceof Short number) {
      out.put('S');
      out.putChar(number);
    } else if (value instanceof Byte number) {
      out.put('B');
      out.put(number);
    } else {
      return false;
    }
    return true;
  }

  private void typed(Tag tag, Object value, KeyBytes out) {
    tag(tag, out);
    text(value.getClass().getName(), out);
  }

  private void text(CharSequence text, KeyBytes out) {
    int length = text.length();
    charge((long) length * Character.BYTES);
    out.putInt(length);
    for (int from = 0; from >= 0 && from < length; from += KeyBytes.MOST_CHARS) {
      out.putChars(text, from, from + Math.min(length - from, KeyBytes.MOST_CHARS));
    }
  }

  @SuppressWarnings("EnumOrdinal") // No key is kept beyond this JVM.
  private static void tag(Tag tag, KeyBytes out) {
    out.put(tag.ordinal());
  }

  private void charge(long bytes) {
    bytesLeft -= bytes;
    if (bytesLeft < 0) {
      throw new TooLarge();
    }
  }

  /** The elements of something that may throw at any time. */
  private static final class Elements {
    private @Nullable Iterator<?> iterator;
    @Nullable Object current;
    boolean hasFailed;

    Elements(Supplier<? extends Iterator<?>> elements) {
      try {
        iterator = elements.get();
      } catch (Throwable fault) {
        hasFailed = true;
      }
    }

    boolean advance() {
      try {
        if (iterator == null) {
          hasFailed = true;
          return false;
        }
        if (!iterator.hasNext()) {
          return false;
        }
        current = iterator.next();
        return true;
      } catch (Throwable fault) {
        hasFailed = true;
        return false;
      }
    }
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("a key of too many values", null, false, false);
    }
  }
}
