package dev.tollgate.limiter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A key that isn't kept as it is: its encoding, or the digest of a long one. Comparable, so that a
 * hash map stays quick even if somebody chooses keys of one hash code.
 */
final class EncodedKey implements Comparable<EncodedKey> {
  private final byte[] bytes;
  private final int hash;

  /**
   * @param bytes not to be changed afterwards
   */
  EncodedKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** The one key of all values of a type that can't be told apart. No encoding begins alike. */
  static EncodedKey ofType(String name) {
    return new EncodedKey(("?" + name).getBytes(StandardCharsets.UTF_8));
  }

  int size() {
    return bytes.length;
  }

  @Override
  public int compareTo(EncodedKey other) {
    return Arrays.compare(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
