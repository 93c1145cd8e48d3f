package dev.tollgate.limiter;

import java.nio.ByteBuffer;

/**
 * How many digests there are, and their sum: the same in whichever order they come. Somebody who
 * searches long enough finds two sets with one sum; that gains nothing, since who chooses a key may
 * choose the other set itself.
 */
final class DigestSum {
  private static final int SIZE = 32;

  private final byte[] sum = new byte[SIZE];
  private long count;

  void add(byte[] digest) {
    count++;
    int carry = 0;
    for (int i = SIZE - 1; i >= 0; i--) {
      carry += Byte.toUnsignedInt(sum[i]) + Byte.toUnsignedInt(digest[i]);
      sum[i] = (byte) carry;
      carry >>>= Byte.SIZE;
    }
  }

  void putInto(KeyBytes out) {
    out.putLong(count);
    out.put(ByteBuffer.wrap(sum));
  }
}
