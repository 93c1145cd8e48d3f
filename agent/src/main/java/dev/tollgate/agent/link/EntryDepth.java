package dev.tollgate.agent.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SwitchPoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How deep a thread is inside the methods of one group that is charged once an entry. Kept with the
 * class that declares the group, so that it lives no longer than it does; what a thread keeps is
 * one array of the JDK's, which the woven code itself counts in.
 */
final class EntryDepth {
  private static final ClassValue<Map<String, EntryDepth>> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Map<String, EntryDepth> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** What a thread sees that is in none; nobody writes to it. */
  private static final int[] OUTSIDE = {0};

  @SuppressWarnings("ThreadLocalUsage") // One for each group; static would be one for all.
  private final ThreadLocal<int[]> depth =
      new ThreadLocal<>() {
        @Override
        protected int[] initialValue() {
          return new int[1];
        }
      };

  /** Valid while no method is linked that goes in: an annotated one without overriders. */
  private final SwitchPoint nobodyGoesIn = new SwitchPoint();

  EntryDepth() {}

  /** Of a group that {@code type} declares. */
  static EntryDepth of(Class<?> type, String member) {
    Map<String, EntryDepth> groups = BY_CLASS.get(type);
    EntryDepth known = groups.get(member);
    if (known != null) {
      return known;
    }
    EntryDepth fresh = new EntryDepth();
    EntryDepth other = groups.putIfAbsent(member, fresh);
    return other == null ? fresh : other;
  }

  /** The target of a call site that counts in the cell. */
  MethodHandle entering(MethodType type) throws ReflectiveOperationException {
    if (!nobodyGoesIn.hasBeenInvalidated()) {
      SwitchPoint.invalidateAll(new SwitchPoint[] {nobodyGoesIn});
    }
    return cell(type);
  }

  /** The target of a call site that only looks: a constant as long as nobody counts. */
  MethodHandle looking(MethodType type) throws ReflectiveOperationException {
    return nobodyGoesIn.guardWithTest(MethodHandles.constant(int[].class, OUTSIDE), cell(type));
  }

  private MethodHandle cell(MethodType type) throws ReflectiveOperationException {
    return MethodHandles.lookup().findVirtual(EntryDepth.class, "cell", type).bindTo(this);
  }

  int[] cell() {
    return depth.get();
  }
}
