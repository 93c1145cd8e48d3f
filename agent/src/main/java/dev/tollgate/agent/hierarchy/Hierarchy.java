package dev.tollgate.agent.hierarchy;

import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which classes of interest stand above a class that is being loaded. The JVM defines a class
 * before it loads what that extends and implements, so those are read as bytes, each once: through
 * the loader's resources, which load no class of the program. Loading them would hide them from
 * every transformer of ours, since the JVM doesn't call one from within itself.
 *
 * <p>A loader may give other bytes, or none, for a class that it makes itself when it loads it.
 * That shows when the class comes by ({@link Passing#isLate}), after those that extend it did.
 *
 * <p>No lock is held while a loader is asked; two threads may read the same class, and find the
 * same. Nothing of here keeps a loader alive.
 */
public final class Hierarchy {
  private static final int NO = 1;
  private static final int YES = 2;

  private final Interest interest;
  private final boolean withJdk;
  private final ClassBytes bytes = new ClassBytes();
  private final WeakLoaders loaders = new WeakLoaders();

  /** Goes up where answers that were given before may be wrong. */
  private final AtomicInteger age = new AtomicInteger(1);

  /**
   * @param withJdk whether classes of the JDK may be of interest
   */
  public Hierarchy(Interest interest, boolean withJdk) {
    this.interest = interest;
    this.withJdk = withJdk;
  }

  /** Looks at a class that is being loaded; null for what isn't a class file. */
  public @Nullable Passing pass(@Nullable ClassLoader loader, byte[] file) {
    ClassHeader header = ClassHeader.read(file, withJdk);
    if (header == null) {
      return null;
    }
    KnownClass known =
        KnownClass.of(header, interest.isIn(header.name(), header.mentionsUs(), file), file);
    return new Passing(
        known,
        header.seeksDispatcher(),
        header.isWoven(),
        header.hasCode(),
        header.lambdas(),
        !header.isFinal() && isLate(loader, known, remember(loader, known)));
  }

  /** Takes note of a loaded class that isn't of interest itself, if it hasn't come by as bytes. */
  public void know(Class<?> type) {
    KnownClass known = KnownClass.of(type, withJdk);
    loaders.of(type.getClassLoader()).putIfAbsent(known.name(), known);
  }

  /** Whether anything above {@code type} is of interest. */
  public boolean hasAbove(@Nullable ClassLoader loader, KnownClass type) {
    return hasAbove(loader, type, List.of());
  }

  /** Whether the type of this name, as {@code loader} sees it, or one above is of interest. */
  public boolean isOrHasAbove(@Nullable ClassLoader loader, String name) {
    return isOrHasAbove(loader, find(loader, name), List.of());
  }

  /** The supertypes of {@code type}, itself left out, nearest first, those that can be had. */
  public List<KnownClass> above(@Nullable ClassLoader loader, KnownClass type) {
    Map<String, KnownClass> all = new LinkedHashMap<>();
    collect(loader, type, all);
    List<KnownClass> there = new ArrayList<>();
    for (KnownClass supertype : all.values()) {
      if (supertype.isThere()) {
        there.add(supertype);
      }
    }
    return there;
  }

  /** The type of this name as {@code loader} sees it; null where its bytes can't be had. */
  public @Nullable KnownClass type(@Nullable ClassLoader loader, String name) {
    KnownClass found = find(loader, name);
    return found.isThere() ? found : null;
  }

  /** The bytes of a class that was found here; null if they can't be had once more. */
  public byte @Nullable [] file(@Nullable ClassLoader loader, KnownClass type) {
    byte[] file = type.file();
    return file != null ? file : bytes.of(loader, type.name());
  }

  private @Nullable KnownClass remember(@Nullable ClassLoader loader, KnownClass type) {
    return loaders.of(loader).put(type.name(), type);
  }

  private boolean isLate(
      @Nullable ClassLoader loader, KnownClass type, @Nullable KnownClass before) {
    if (before == null || before.saysTheSameAs(type)) {
      return false;
    }
    // What was answered of those below it may be wrong.
    age.incrementAndGet();
    return isOrHasAbove(loader, type, List.of());
  }

  private boolean isOrHasAbove(
      @Nullable ClassLoader loader, KnownClass type, List<KnownClass> below) {
    int now = age.get();
    int answer = type.answer(now);
    if (answer == 0) {
      boolean found = type.isOfInterest();
      // A circle, which the JVM is about to refuse, has no end.
      if (!found && !type.supertypes().isEmpty() && !below.contains(type)) {
        List<KnownClass> path = new ArrayList<>(below);
        path.add(type);
        found = hasAbove(loader, type, path);
      }
      answer = found ? YES : NO;
      type.answer(now, answer);
    }
    return answer == YES;
  }

  private boolean hasAbove(@Nullable ClassLoader loader, KnownClass type, List<KnownClass> below) {
    for (String supertype : type.supertypes()) {
      if (isOrHasAbove(loader, find(loader, supertype), below)) {
        return true;
      }
    }
    return false;
  }

  private void collect(@Nullable ClassLoader loader, KnownClass type, Map<String, KnownClass> all) {
    for (String name : type.supertypes()) {
      if (!all.containsKey(name)) {
        KnownClass found = find(loader, name);
        all.put(name, found);
        collect(loader, found, all);
      }
    }
  }

  private KnownClass find(@Nullable ClassLoader loader, String name) {
    KnownClass known = loaders.of(loader).get(name);
    if (known == null && asksParentFirst(loader)) {
      ClassLoader parent = loader == null ? null : loader.getParent();
      while (known == null && parent != null) {
        KnownClass ofParent = loaders.of(parent).get(name);
        known = ofParent != null && ofParent.isThere() ? ofParent : null;
        parent = parent.getParent();
      }
    }
    return known == null ? read(loader, name) : known;
  }

  private KnownClass read(@Nullable ClassLoader loader, String name) {
    byte[] file = bytes.of(loader, name);
    ClassHeader header = file == null ? null : ClassHeader.read(file, withJdk);
    KnownClass read =
        file == null || header == null
            ? KnownClass.missing(name)
            : KnownClass.of(header, interest.isIn(name, header.mentionsUs(), file), file);
    // Who came by meanwhile has the bytes that count.
    KnownClass other = loaders.of(loader).putIfAbsent(name, read);
    return other == null ? read : other;
  }

  /** Whether what its parents know is what it would find: those that we know to do so. */
  private static boolean asksParentFirst(@Nullable ClassLoader loader) {
    return loader == null
        || loader.equals(ClassLoader.getSystemClassLoader())
        || loader.getClass().equals(URLClassLoader.class);
  }
}
