package dev.tollgate.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The classes in the agent's jar, all in one entry of it: a JVM reads the name of each entry of a
 * jar that it is started with. The build's {@code PackClasses} writes it.
 *
 * <p>The entry is a jar itself, for whoever wants to look into it. Here an index says where in it a
 * class is. In integers, that is: the number of slots, a power of two; for each slot 0, or where in
 * the index a record begins; the records. A record is the length of a class's name, the name, where
 * in the inner jar its bytes begin, how many they are there, deflated or not, and how many the
 * class file has. A name's slot is its hash code modulo their number, or the next one that is free.
 */
final class ClassArchive {
  private static final String DATA = "inst/classes.jar";
  private static final String INDEX = "inst/classes.index";

  private final ZipFile jar;
  private final ZipEntry data;
  private final byte[] index;
  private final int lastSlot;

  private ClassArchive(ZipFile jar, ZipEntry data, byte[] index) {
    this.jar = jar;
    this.data = data;
    this.index = index;
    this.lastSlot = number(0) - 1;
  }

  /** Null where {@code jar} has none, and its classes are entries of their own. */
  static @Nullable ClassArchive of(ZipFile jar) throws IOException {
    ZipEntry data = jar.getEntry(DATA);
    ZipEntry index = jar.getEntry(INDEX);
    return data == null || index == null
        ? null
        : new ClassArchive(jar, data, read(jar, index, 0, (int) index.getSize()));
  }

  /** The class file, or null where there is none of this name. */
  byte @Nullable [] read(String className) throws IOException {
    int values = find(className);
    if (values < 0) {
      return null;
    }
    int stored = number(values + Integer.BYTES);
    int size = number(values + 2 * Integer.BYTES);
    byte[] bytes = read(jar, data, number(values), stored);
    return stored == size ? bytes : Deflated.inflate(bytes, size);
  }

  /** Where the numbers in this class's record begin; -1 where it has none. */
  private int find(String className) {
    int slot = className.hashCode() & lastSlot;
    for (int record = record(slot); record != 0; record = record(slot)) {
      int length = number(record);
      int name = record + Integer.BYTES;
      if (length == className.length() && isAt(name, className)) {
        return name + length;
      }
      slot = (slot + 1) & lastSlot;
    }
    return -1;
  }

  private int record(int slot) {
    return number((1 + slot) * Integer.BYTES);
  }

  @SuppressWarnings("deprecation") // A class's name has no character that takes two bytes, here.
  private boolean isAt(int place, String className) {
    return new String(index, 0, place, className.length()).equals(className);
  }

  private int number(int place) {
    return (index[place] & 0xff) << 24
        | (index[place + 1] & 0xff) << 16
        | (index[place + 2] & 0xff) << 8
        | (index[place + 3] & 0xff);
  }

  /** Not through an entry's own decompression: neither is deflated, so one may begin anywhere. */
  private static byte[] read(ZipFile jar, ZipEntry entry, long from, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    try (InputStream stream = jar.getInputStream(entry)) {
      if (stream.skip(from) != from || stream.readNBytes(bytes, 0, length) != length) {
        throw new IOException(entry.getName() + " ends too soon");
      }
    }
    return bytes;
  }

  /** Apart, since none of the classes that a start needs is deflated. */
  private static final class Deflated {
    static byte[] inflate(byte[] deflated, int size) throws IOException {
      Inflater inflater = new Inflater(true);
      try {
        byte[] bytes = new byte[size];
        inflater.setInput(deflated);
        if (inflater.inflate(bytes) != size) {
          throw new IOException("a class ends too soon");
        }
        return bytes;
      } catch (DataFormatException e) {
        throw new IOException(e);
      } finally {
        inflater.end();
      }
    }
  }
}
