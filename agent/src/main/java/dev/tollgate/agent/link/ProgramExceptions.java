package dev.tollgate.agent.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tollgate's exceptions as a class of the program sees them: those of its own class loader, in
 * whichever version, or none. Resolved at the first refusal and kept with the class, so that they
 * live no longer than it does.
 */
final class ProgramExceptions {
  static final Kind EXCEEDED =
      new Kind(
          "dev.tollgate.RateLimitExceededException",
          String.class,
          String.class,
          Duration.class,
          Throwable.class);
  static final Kind UNKNOWN = new Kind("dev.tollgate.UnknownLimiterException", String.class);

  private static final MethodType SHAPE =
      MethodType.methodType(RuntimeException.class, Object[].class);

  private static final ClassValue<ProgramExceptions> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected ProgramExceptions computeValue(Class<?> type) {
          return new ProgramExceptions(type);
        }
      };

  private final Class<?> type;
  private final Map<Kind, Resolved> resolved = new ConcurrentHashMap<>();

  private ProgramExceptions(Class<?> type) {
    this.type = type;
  }

  static ProgramExceptions of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  /** The exception, or null where the class can't see such a one. */
  @Nullable RuntimeException make(Kind kind, @Nullable Object... arguments) {
    Resolved known = resolved.get(kind);
    try {
      if (known == null) {
        // Outside any lock: this runs class loaders of the program.
        known = resolve(kind);
        resolved.put(kind, known);
      }
      return known.constructor == null
          ? null
          : (RuntimeException) known.constructor.invokeExact(arguments);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // Not remembered: it may be for now only, at the end of the stack for instance.
      return null;
    }
  }

  private Resolved resolve(Kind kind) throws IllegalAccessException {
    try {
      // A method handle: after some calls, reflection of 17 spins a class, which at the end of the
      // stack leaves ClassDefiner uninitialised for the whole JVM.
      return new Resolved(
          MethodHandles.publicLookup()
              .unreflectConstructor(
                  Class.forName(kind.name, false, type.getClassLoader())
                      .asSubclass(RuntimeException.class)
                      .getConstructor(kind.parameters))
              .asSpreader(Object[].class, kind.parameters.length)
              .asType(SHAPE));
    } catch (ClassNotFoundException | NoSuchMethodException | ClassCastException e) {
      // No annotations jar there, or one that isn't ours.
      return new Resolved(null);
    }
  }

  /** An exception by its name and the constructor that it has in every version. */
  static final class Kind {
    private final String name;
    private final Class<?>[] parameters;

    private Kind(String name, Class<?>... parameters) {
      this.name = name;
      this.parameters = parameters;
    }
  }

  private record Resolved(@Nullable MethodHandle constructor) {}
}
