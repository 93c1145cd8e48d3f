package dev.tollgate.agent.hierarchy;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What each class loader knows, until the first look at any after it is gone. By identity: a
 * loader's own {@code hashCode} is code of the program.
 */
final class WeakLoaders {
  private final Map<Object, Map<String, KnownClass>> byLoader = new ConcurrentHashMap<>();
  private final Map<String, KnownClass> ofBoot = new ConcurrentHashMap<>();
  private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();

  Map<String, KnownClass> of(@Nullable ClassLoader loader) {
    if (loader == null) {
      return ofBoot;
    }
    forgetThoseGone();
    Map<String, KnownClass> classes = byLoader.get(new Probe(loader));
    if (classes != null) {
      return classes;
    }
    Map<String, KnownClass> fresh = new ConcurrentHashMap<>();
    Map<String, KnownClass> other = byLoader.putIfAbsent(new Key(loader, gone), fresh);
    return other == null ? fresh : other;
  }

  int size() {
    forgetThoseGone();
    return byLoader.size();
  }

  private void forgetThoseGone() {
    Reference<? extends ClassLoader> key = gone.poll();
    while (key != null) {
      byLoader.remove(key);
      key = gone.poll();
    }
  }

  private static final class Key extends WeakReference<ClassLoader> {
    private final int hash;

    Key(ClassLoader loader, ReferenceQueue<ClassLoader> gone) {
      super(loader, gone);
      hash = System.identityHashCode(loader);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      ClassLoader loader = get();
      return loader != null && other instanceof Key key && key.refersTo(loader);
    }
  }

  /** Finds a key without a reference to be made for it. */
  private record Probe(ClassLoader loader) {
    @Override
    public int hashCode() {
      return System.identityHashCode(loader);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.refersTo(loader);
    }
  }
}
