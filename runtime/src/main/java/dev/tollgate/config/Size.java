package dev.tollgate.config;

import java.util.Locale;

/** A number of bytes with a unit; of a part of a byte nothing is left. */
final class Size extends TextType<Long> {
  private static final long KB = 1_000;
  private static final long KIB = 1_024;

  Size() {
    super("size", "a number with a unit: 500MB, 1.5GB, 2GiB");
  }

  @Override
  Long parse(String text) {
    Quantity quantity = Quantity.parse(text);
    if (quantity == null) {
      throw wrong(text);
    }
    if (quantity.unit().isEmpty() && quantity.isZero()) {
      return 0L;
    }
    try {
      return quantity.times(bytesPer(quantity.unit(), text));
    } catch (ArithmeticException e) {
      throw wrong(text, "at most " + Long.MAX_VALUE + "B");
    }
  }

  /** HOCON's units, but for its single letters: its {@code G} is no {@code GB}. */
  private long bytesPer(String unit, String text) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "b" -> 1;
      case "kb" -> KB;
      case "mb" -> KB * KB;
      case "gb" -> KB * KB * KB;
      case "tb" -> KB * KB * KB * KB;
      case "kib" -> KIB;
      case "mib" -> KIB * KIB;
      case "gib" -> KIB * KIB * KIB;
      case "tib" -> KIB * KIB * KIB * KIB;
      default -> throw wrong(text);
    };
  }
}
