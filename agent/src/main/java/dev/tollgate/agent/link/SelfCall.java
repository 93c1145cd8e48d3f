package dev.tollgate.agent.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The woven method, and its fallback, to be called later: both take an array of the receiver, if
 * there is one, and the arguments; a fallback takes the refusal behind them.
 */
record SelfCall(MethodHandle method, @Nullable MethodHandle fallback) {
  private static final MethodType GENERIC = MethodType.methodType(Object.class, Object[].class);

  static SelfCall of(SiteRequest request, SiteSpec spec) throws ReflectiveOperationException {
    SiteMethod self = Objects.requireNonNull(spec.self());
    MethodHandle method = find(request.lookup(), self);
    int arguments = method.type().parameterCount();
    SiteMethod otherwise = spec.fallback();
    return new SelfCall(
        generic(method, arguments),
        otherwise == null ? null : fallback(request.lookup(), otherwise, method, self));
  }

  private static MethodHandle fallback(
      MethodHandles.Lookup lookup, SiteMethod fallback, MethodHandle method, SiteMethod self)
      throws ReflectiveOperationException {
    MethodHandle handle = findFallback(lookup, fallback);
    if (fallback.isStatic() && !self.isStatic()) {
      handle = MethodHandles.dropArguments(handle, 0, method.type().parameterType(0));
    }
    int arguments = method.type().parameterCount();
    if (handle.type().parameterCount() == arguments) {
      handle = MethodHandles.dropArguments(handle, arguments, Throwable.class);
    }
    return generic(handle, arguments + 1);
  }

  /** Of the very class, whatever overrides it: this call is the one that has begun. */
  private static MethodHandle find(MethodHandles.Lookup lookup, SiteMethod method)
      throws ReflectiveOperationException {
    Class<?> type = lookup.lookupClass();
    return method.isStatic()
        ? lookup.findStatic(type, method.name(), signature(type, method))
        : lookup.findSpecial(type, method.name(), signature(type, method), type);
  }

  /** As woven code calls it: whatever overrides it. */
  private static MethodHandle findFallback(MethodHandles.Lookup lookup, SiteMethod method)
      throws ReflectiveOperationException {
    Class<?> type = lookup.lookupClass();
    return method.isStatic()
        ? lookup.findStatic(type, method.name(), signature(type, method))
        : lookup.findVirtual(type, method.name(), signature(type, method));
  }

  private static MethodType signature(Class<?> type, SiteMethod method) {
    return MethodType.fromMethodDescriptorString(method.descriptor(), type.getClassLoader());
  }

  private static MethodHandle generic(MethodHandle handle, int arguments) {
    return handle.asFixedArity().asSpreader(Object[].class, arguments).asType(GENERIC);
  }
}
