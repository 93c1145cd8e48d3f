package dev.tollgate.agent.hierarchy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of one class, as one loader sees it. */
public final class KnownClass {
  private final String name;
  private final List<String> supertypes;
  private final boolean isOfInterest;
  private final boolean isThere;
  private volatile byte @Nullable [] file;

  /** Whether it or one above is of interest, with the age of that answer. */
  private volatile int answer;

  /** Where {@link Hierarchy}'s user keeps what it read from the file. */
  private volatile @Nullable Object content;

  private KnownClass(
      String name,
      List<String> supertypes,
      boolean isOfInterest,
      boolean isThere,
      byte @Nullable [] file) {
    this.name = name;
    this.supertypes = supertypes;
    this.isOfInterest = isOfInterest;
    this.isThere = isThere;
    this.file = file;
  }

  static KnownClass of(ClassHeader header, boolean isOfInterest, byte[] file) {
    return new KnownClass(
        header.name(), header.supertypes(), isOfInterest, true, isOfInterest ? file : null);
  }

  /**
   * A class that is loaded, and not of interest.
   *
   * @param withJdk whether to name supertypes of the JDK, as far as rules may name them
   */
  static KnownClass of(Class<?> type, boolean withJdk) {
    List<String> supertypes = new ArrayList<>(2);
    add(type.getSuperclass(), supertypes, withJdk);
    for (Class<?> face : type.getInterfaces()) {
      add(face, supertypes, withJdk);
    }
    return new KnownClass(type.getName().replace('.', '/'), supertypes, false, true, null);
  }

  private static void add(@Nullable Class<?> type, List<String> supertypes, boolean withJdk) {
    if (type != null) {
      String name = type.getName().replace('.', '/');
      if (!JdkNames.mayBeLeftOut(name, withJdk)) {
        supertypes.add(name);
      }
    }
  }

  /** One whose bytes couldn't be had. */
  static KnownClass missing(String name) {
    return new KnownClass(name, List.of(), false, false, null);
  }

  /** With slashes. */
  public String name() {
    return name;
  }

  /** Whether it may say something about those below it. */
  public boolean isOfInterest() {
    return isOfInterest;
  }

  /** Whatever was last {@linkplain #keep kept}. */
  public @Nullable Object content() {
    return content;
  }

  /** Keeps what was read from the file, in whose place it is from then on. */
  public void keep(Object read) {
    content = read;
    file = null;
  }

  /** The superclass first; those of the JDK may be left out. */
  List<String> supertypes() {
    return supertypes;
  }

  boolean isThere() {
    return isThere;
  }

  byte @Nullable [] file() {
    return file;
  }

  /** Whether nobody who asked the one needs to ask the other. */
  boolean saysTheSameAs(KnownClass other) {
    return isThere == other.isThere
        && isOfInterest == other.isOfInterest
        && supertypes.equals(other.supertypes);
  }

  /** What was {@linkplain #answer(int, int) answered} at this age; 0 where nothing was. */
  int answer(int age) {
    int last = answer;
    return last >> 2 == age ? last & 3 : 0;
  }

  void answer(int age, int value) {
    answer = age << 2 | value;
  }
}
