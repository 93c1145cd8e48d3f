package dev.tollgate.limiter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values of the JDK whose text says more, or less, than {@code equals}: an address with the name
 * that it was looked up by, a date without its milliseconds, a buffer without its content. Or that
 * is dear, such as that of a large number.
 */
@SuppressWarnings("JavaUtilDate") // Programs have them as keys.
final class JdkValues {
  private JdkValues() {}

  /** Equal for values of one {@link #type} that are; null if {@code value} is none of these. */
  static @Nullable ByteBuffer content(Object value) {
    Class<?> type = value.getClass();
    if (type == UUID.class) {
      UUID uuid = (UUID) value;
      return longs(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
    if (type == BigInteger.class) {
      return ByteBuffer.wrap(((BigInteger) value).toByteArray());
    }
    if (type == BigDecimal.class) {
      BigDecimal number = (BigDecimal) value;
      return joined(longs(number.scale()), number.unscaledValue().toByteArray());
    }
    if (type == Date.class) {
      return longs(((Date) value).getTime());
    }
    if (value instanceof InetAddress address) {
      return ByteBuffer.wrap(address.getAddress());
    }
    if (type == InetSocketAddress.class) {
      return content((InetSocketAddress) value);
    }
    if (value instanceof ByteBuffer buffer) {
      // Its own position stays where it is.
      return buffer.duplicate();
    }
    return null;
  }

  /** The type of a value that has a {@link #content}, whichever of its classes the JDK chose. */
  static String type(Object value) {
    if (value instanceof InetAddress) {
      return InetAddress.class.getName();
    }
    return (value instanceof ByteBuffer ? ByteBuffer.class : value.getClass()).getName();
  }

  private static ByteBuffer content(InetSocketAddress address) {
    InetAddress resolved = address.getAddress();
    byte[] host =
        resolved != null
            ? resolved.getAddress()
            : address.getHostString().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    return joined(longs(address.getPort(), resolved == null ? 0 : 1), host);
  }

  private static ByteBuffer longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.flip();
  }

  private static ByteBuffer joined(ByteBuffer first, byte[] second) {
    return ByteBuffer.allocate(first.remaining() + second.length).put(first).put(second).flip();
  }
}
