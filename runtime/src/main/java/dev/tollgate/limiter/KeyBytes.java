package dev.tollgate.limiter;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an encoded key. However many are written, it holds a few thousand: what goes beyond
 * is in the digest (SHA-256) already.
 */
final class KeyBytes {
  /** A longer encoding is kept as its digest. */
  static final int LONGEST = 256;

  /** At a time. */
  static final int MOST_CHARS = 1024;

  private static final int SMALLEST_BUFFER = 64;
  private static final int LARGEST_BUFFER = 4096;

  /** First byte of what is kept of a digest. No encoding begins with it. */
  private static final byte DIGEST = -1;

  private byte[] buffer = new byte[SMALLEST_BUFFER];
  private int length;

  /** Null as long as the buffer holds all. */
  private @Nullable MessageDigest digest;

  void put(int value) {
    makeRoom(1);
    buffer[length++] = (byte) value;
  }

  void putChar(int value) {
    put(value >>> Byte.SIZE);
    put(value);
  }

  void putInt(int value) {
    putChar(value >>> Short.SIZE);
    putChar(value);
  }

  void putLong(long value) {
    putInt((int) (value >>> Integer.SIZE));
    putInt((int) value);
  }

  /** At most {@link #MOST_CHARS} of a text; a byte each if that holds all of them. */
  void putChars(CharSequence text, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      all |= text.charAt(i);
    }
    boolean isWide = all >>> Byte.SIZE != 0;
    makeRoom(1 + Character.BYTES * (to - from));
    byte[] bytes = buffer;
    int at = length;
    bytes[at++] = (byte) (isWide ? 1 : 0);
    for (int i = from; i < to; i++) {
      char each = text.charAt(i);
      if (isWide) {
        bytes[at++] = (byte) (each >>> Byte.SIZE);
      }
      bytes[at++] = (byte) each;
    }
    length = at;
  }

  void put(ByteBuffer values) {
    while (values.hasRemaining()) {
      put(values.get());
    }
  }

  /** What is kept of all that was written. Nothing is to be written afterwards. */
  byte[] kept() {
    if (digest == null && length <= LONGEST) {
      return Arrays.copyOf(buffer, length);
    }
    byte[] sum = digest();
    byte[] kept = new byte[sum.length + 1];
    kept[0] = DIGEST;
    System.arraycopy(sum, 0, kept, 1, sum.length);
    return kept;
  }

  /** The digest of all that was written. Nothing is to be written afterwards. */
  byte[] digest() {
    MessageDigest all = digest == null ? sha256() : digest;
    all.update(buffer, 0, length);
    return all.digest();
  }

  private void makeRoom(int bytes) {
    if (length + bytes <= buffer.length) {
      return;
    }
    if (length + bytes <= LARGEST_BUFFER) {
      buffer = Arrays.copyOf(buffer, Math.min(LARGEST_BUFFER, 2 * (length + bytes)));
      return;
    }
    if (digest == null) {
      digest = sha256();
    }
    digest.update(buffer, 0, length);
    length = 0;
    makeRoom(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
