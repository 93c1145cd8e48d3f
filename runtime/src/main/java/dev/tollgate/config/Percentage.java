package dev.tollgate.config;

/** A share of a whole, read as 0 to 1. It carries its sign: {@code 0.2} could be 0.2 % or 20 %. */
final class Percentage extends TextType<Double> {
  private static final String SIGN = "%";

  Percentage() {
    super("percentage", "a percentage with its sign, from 0% to 100%");
  }

  @Override
  Double parse(String text) {
    Quantity quantity = Quantity.parse(text);
    if (quantity == null) {
      throw wrong(text);
    }
    // Not divided by 100: so 7% is exactly what 0.07 is.
    double share = Double.parseDouble(quantity.number() + "e-2");
    boolean signed = quantity.unit().equals(SIGN);
    if (share > 1 || !(signed || quantity.unit().isEmpty())) {
      throw wrong(text);
    }
    if (!signed) {
      throw new IllegalArgumentException(
          "is " + text + ", without its sign; write " + meant(quantity) + SIGN);
    }
    return share;
  }

  /** Below 1 it is taken for a share. */
  private static String meant(Quantity quantity) {
    if (!quantity.whole().equals("0")) {
      return quantity.number();
    }
    String fraction = quantity.fraction();
    int hundredths = Integer.parseInt((fraction + "00").substring(0, 2));
    return fraction.length() > 2 ? hundredths + "." + fraction.substring(2) : hundredths + "";
  }
}
