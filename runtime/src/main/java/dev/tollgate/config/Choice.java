package dev.tollgate.config;

import java.util.Locale;

/** One of an enum's constants, in any case. */
final class Choice<E extends Enum<E>> extends TextType<E> {
  private final E[] constants;

  /** Constants, not their class: asking a class for them is reflection, and slow at the start. */
  Choice(E[] constants) {
    super(join(constants, "/", "/"), join(constants, ", ", " or "));
    this.constants = constants.clone();
  }

  @Override
  E parse(String text) {
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw wrong(text);
  }

  private static String join(Enum<?>[] constants, String comma, String beforeLast) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < constants.length; i++) {
      if (i > 0) {
        names.append(i == constants.length - 1 ? beforeLast : comma);
      }
      names.append(constants[i].name().toLowerCase(Locale.ROOT));
    }
    return names.toString();
  }
}
