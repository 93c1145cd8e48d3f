package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts in the constant pools of loaded classes, as the JVM has them. The other ways to
 * learn whether a loaded class is annotated cost the program more: reflection loads its annotation
 * and parameter types, a class loader's resources run its code, and a retransformation makes the
 * JVM keep a second version of each class.
 *
 * <p>The JDK reads annotations with the same class, {@code jdk.internal.reflect.ConstantPool},
 * which is opened to the agent's own loader.
 */
final class ConstantPools {
  private static final String REFLECT = "jdk.internal.reflect";
  private static final String ACCESS = "jdk.internal.access";

  private final MethodHandle poolOf;
  private final MethodHandle size;
  private final MethodHandle tagAt;
  private final MethodHandle textAt;
  private final Object text;
  private final Object dynamicCall;

  private ConstantPools() throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    Class<?> pool = type(REFLECT + ".ConstantPool");
    Class<?> tag = type(REFLECT + ".ConstantPool$Tag");
    Class<?> access = type(ACCESS + ".JavaLangAccess");
    Object jdk =
        lookup
            .findStatic(
                type(ACCESS + ".SharedSecrets"), "getJavaLangAccess", MethodType.methodType(access))
            .invoke();
    poolOf =
        lookup
            .findVirtual(access, "getConstantPool", MethodType.methodType(pool, Class.class))
            .bindTo(jdk)
            .asType(MethodType.methodType(Object.class, Class.class));
    size =
        lookup
            .findVirtual(pool, "getSize", MethodType.methodType(int.class))
            .asType(MethodType.methodType(int.class, Object.class));
    tagAt =
        lookup
            .findVirtual(pool, "getTagAt", MethodType.methodType(tag, int.class))
            .asType(MethodType.methodType(Object.class, Object.class, int.class));
    textAt =
        lookup
            .findVirtual(pool, "getUTF8At", MethodType.methodType(String.class, int.class))
            .asType(MethodType.methodType(String.class, Object.class, int.class));
    Map<String, Object> tags = new HashMap<>();
    for (Object each : tag.getEnumConstants()) {
      tags.put(each.toString(), each);
    }
    text = required(tags.get("UTF8"));
    dynamicCall = required(tags.get("INVOKEDYNAMIC"));
  }

  /** Null if this JVM keeps constant pools elsewhere. */
  static @Nullable ConstantPools open(Instrumentation instrumentation) {
    try {
      Set<Module> own = Set.of(ConstantPools.class.getModule());
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(REFLECT, own, ACCESS, own),
          Map.of(),
          Set.of(),
          Map.of());
      return new ConstantPools();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      return null;
    }
  }

  /**
   * Shows the texts of {@code type} to {@code reader} until it has seen enough.
   *
   * @return whether the class has an {@code invokedynamic}, as far as it was read
   * @throws IllegalStateException if the JVM doesn't give them
   */
  @SuppressWarnings("ReferenceEquality") // Tags are constants of an enum.
  boolean read(Class<?> type, Reader reader) {
    boolean hasDynamicCall = false;
    try {
      Object pool = (Object) poolOf.invokeExact(type);
      int end = pool == null ? 0 : (int) size.invokeExact(pool);
      for (int i = 1; i < end; i++) {
        Object tag = tagAt(pool, i);
        if (tag == text) {
          if (reader.hasSeenEnough((String) textAt.invokeExact(pool, i))) {
            return hasDynamicCall;
          }
        } else if (tag == dynamicCall) {
          hasDynamicCall = true;
        }
      }
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return hasDynamicCall;
  }

  private @Nullable Object tagAt(Object pool, int index) throws Throwable {
    try {
      return (Object) tagAt.invokeExact(pool, index);
    } catch (IllegalArgumentException e) {
      // A tag that the JDK's enum doesn't know, such as that of a dynamic constant: no text.
      return null;
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, null);
  }

  private static Object required(@Nullable Object tag) {
    if (tag == null) {
      throw new IllegalStateException("no such tag");
    }
    return tag;
  }

  /** Looks for something in the texts of a class. */
  interface Reader {
    /** Called with one text after the other, until it answers with true. */
    boolean hasSeenEnough(String text);
  }
}
