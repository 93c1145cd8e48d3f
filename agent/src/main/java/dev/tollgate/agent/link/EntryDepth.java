package dev.tollgate.agent.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * How deep a thread is inside the methods of one type that is charged once an entry. Kept with the
 * class, so that it lives no longer than it does; what a thread keeps is one array of the JDK's,
 * which the woven code itself counts in.
 */
final class EntryDepth {
  private static final ClassValue<EntryDepth> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected EntryDepth computeValue(Class<?> type) {
          return new EntryDepth();
        }
      };

  @SuppressWarnings("ThreadLocalUsage") // One for each type; static would be one for all.
  private final ThreadLocal<int[]> depth =
      new ThreadLocal<>() {
        @Override
        protected int[] initialValue() {
          return new int[1];
        }
      };

  private EntryDepth() {}

  static EntryDepth of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  /** The target of a call site of this type. */
  MethodHandle bound(SiteRequest request) throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findVirtual(EntryDepth.class, request.form(), request.type())
        .bindTo(this);
  }

  // Named as the form of the call site is.
  int[] enter() {
    return depth.get();
  }
}
