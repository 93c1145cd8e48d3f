package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a rule means: {@code pkg.Type#method}, where {@code *} in either stands for any
 * characters; {@code pkg.Type+#method} with the subtypes; {@code pkg.Type#method(String,int)} for
 * one overload; {@code pkg.Type#<init>} for the constructors. A nested type is {@code Outer.Inner}
 * or {@code Outer$Inner}.
 */
public final class MethodPattern {
  /** The name that constructors have. */
  public static final String CONSTRUCTOR = "<init>";

  static final String EXPECTED = "a class, '#' and a method: com.example.Client#send";

  private final String type;
  private final boolean withSubtypes;
  private final String method;
  private final @Nullable ParameterPattern parameters;

  private MethodPattern(
      String type, boolean withSubtypes, String method, @Nullable ParameterPattern parameters) {
    this.type = type;
    this.withSubtypes = withSubtypes;
    this.method = method;
    this.parameters = parameters;
  }

  /**
   * Reads the text of a rule.
   *
   * @throws IllegalArgumentException if it can't; the message is the predicate of a sentence about
   *     the text and says what would be right
   */
  public static MethodPattern parse(String text) {
    int hash = text.indexOf('#');
    if (hash < 0) {
      throw wrong(text, EXPECTED);
    }
    String typeText = text.substring(0, hash).strip();
    boolean withSubtypes = typeText.endsWith("+");
    String type = withSubtypes ? typeText.substring(0, typeText.length() - 1) : typeText;
    String rest = text.substring(hash + 1).strip();
    int open = rest.indexOf('(');
    String method = open < 0 ? rest : rest.substring(0, open).strip();
    MethodPattern pattern =
        new MethodPattern(
            type,
            withSubtypes,
            method,
            open < 0 ? null : parameters(text, rest.substring(open + 1)));
    pattern.check(text);
    return pattern;
  }

  /** Whether {@code *} stands in the type, which then is none of the JDK's. */
  public boolean hasStarInType() {
    return Wildcard.isIn(type);
  }

  /** Whether the type's subtypes are meant as well. */
  public boolean withSubtypes() {
    return withSubtypes;
  }

  /** Whether a parameter list says which of the overloads are meant. */
  public boolean hasParameters() {
    return parameters != null;
  }

  /** Whether constructors are meant. */
  public boolean isConstructor() {
    return method.equals(CONSTRUCTOR);
  }

  /**
   * The names that the type may have in class files, where no star stands in it: which of the dots
   * are those of nested types can't be seen.
   */
  public List<String> internalNames() {
    List<String> names = new ArrayList<>();
    String name = type.replace('.', '/');
    names.add(name);
    int slash = name.lastIndexOf('/');
    while (slash >= 0) {
      name = name.substring(0, slash).concat("$").concat(name.substring(slash + 1));
      names.add(name);
      slash = name.lastIndexOf('/');
    }
    return names;
  }

  /**
   * Whether the type itself is meant, subtypes left aside.
   *
   * @param className as in {@link Class#getName()}
   */
  public boolean matchesType(String className) {
    return Wildcard.matches(type, className);
  }

  /**
   * Whether a method of the type is meant.
   *
   * @param name as in a class file: {@code <init>} for a constructor
   * @param descriptor its parameters and its result (JVMS 4.3.3)
   */
  public boolean matchesMethod(String name, String descriptor) {
    boolean named = name.startsWith("<") ? method.equals(name) : Wildcard.matches(method, name);
    return named && (parameters == null || parameters.matches(descriptor));
  }

  /** As it is written, without blanks. */
  @Override
  public String toString() {
    return type
        + (withSubtypes ? "+#" : "#")
        + method
        + (parameters == null ? "" : "(" + parameters + ")");
  }

  private static ParameterPattern parameters(String text, String list) {
    if (!list.endsWith(")")) {
      throw wrong(text, "closed by a ')' after the parameters' types");
    }
    try {
      return ParameterPattern.parse(list.substring(0, list.length() - 1));
    } catch (IllegalArgumentException e) {
      throw wrong(text, String.valueOf(e.getMessage()));
    }
  }

  private void check(String text) {
    if (!Names.isName(type, true)) {
      throw wrong(text, EXPECTED);
    }
    if (method.startsWith("<")) {
      checkConstructor(text);
    } else if (method.indexOf('.') >= 0 || !Names.isName(method, true)) {
      throw wrong(text, EXPECTED);
    }
    if (hasStarInType()) {
      if (UnlimitablePackages.isOfTheJdk(type)) {
        throw new IllegalArgumentException(
            "is " + text + "; '*' stands for no class of the JDK or of Tollgate; name the class");
      }
      return;
    }
    String refused = UnlimitablePackages.of(type);
    if (refused != null) {
      throw new IllegalArgumentException(
          "is "
              + text
              + "; the JVM and Tollgate run on "
              + refused
              + ", which can't be limited; name a method that calls it");
    }
  }

  private void checkConstructor(String text) {
    if (!isConstructor()) {
      throw wrong(text, "a method, or <init> for the constructors");
    }
    if (withSubtypes || hasStarInType()) {
      throw wrong(
          text,
          "one class, whose constructors those of its subtypes call anyway: com.example.Client"
              + "#<init>");
    }
  }

  private static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("is " + text + "; it must be " + expected);
  }
}
