package dev.tollgate.agent.link;

import dev.tollgate.limiter.KeyedCore;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Targets of call sites that take permits, once their limiters are known: the leanest that will do.
 * Only where limits speak of arguments in some mixture are those collected into an array.
 */
final class Targets {
  private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

  private final SiteRequest request;
  private final SiteSpec spec;
  private final KeyedCore[] cores;

  private Targets(SiteRequest request, SiteSpec spec, KeyedCore[] cores) {
    this.request = request;
    this.spec = spec;
    this.cores = cores;
  }

  /**
   * @param cores of the limits of {@code spec}, in their order
   */
  static MethodHandle of(SiteRequest request, SiteSpec spec, KeyedCore[] cores)
      throws ReflectiveOperationException {
    Targets targets = new Targets(request, spec, cores);
    return switch (request.form()) {
      case Linker.TAKE -> targets.asking("take", request.type());
      case Linker.REFUSAL -> targets.asking("refusal", request.type());
      case Linker.LATER -> targets.later();
      default -> throw new IllegalArgumentException("no form " + request.form());
    };
  }

  /**
   * @param what the name of the question, as {@link WovenCall}, {@link JointCall} and {@link
   *     GeneralCall} know it
   * @param type of the target: depths first
   */
  private MethodHandle asking(String what, MethodType type) throws ReflectiveOperationException {
    if (!spec.hasArguments() && spec.depths() <= 1 && areAllOfTheGroup()) {
      return withoutArguments(what, type);
    }
    if (cores.length == 1 && spec.depths() <= 1 && type.parameterCount() == spec.depths() + 1) {
      Class<?> argument = type.parameterType(spec.depths());
      if (spec.limits().get(0).keyArguments().isEmpty()) {
        // A boxed one may be null.
        if (argument.isPrimitive()) {
          return withOne(what.concat("Weighted"), long.class, type);
        }
      } else if (spec.limits().get(0).weightArgument() == SiteLimit.NO_ARGUMENT) {
        return withOne(what.concat("Keyed"), Object.class, type);
      }
    }
    return bound(
            new GeneralCall(new BoundLimits(spec, cores, request)),
            what,
            MethodType.methodType(type.returnType(), Object[].class))
        .asCollector(Object[].class, type.parameterCount())
        .asType(type);
  }

  private boolean areAllOfTheGroup() {
    for (SiteLimit limit : spec.limits()) {
      if (limit.group() != spec.depths() - 1) {
        return false;
      }
    }
    return true;
  }

  private MethodHandle withoutArguments(String what, MethodType type)
      throws ReflectiveOperationException {
    boolean inGroup = spec.depths() == 1;
    if (cores.length == 1 && inGroup && what.equals("take")) {
      return bound(ofOneLimit(), "takeIfOutermost", type);
    }
    Object call =
        cores.length == 1
            ? ofOneLimit()
            : new JointCall(
                new BoundLimits(spec, cores, request).demand(new Object[] {0}), request.caller());
    MethodHandle asking = bound(call, what, MethodType.methodType(type.returnType()));
    return inGroup ? whereOutermost(asking) : asking;
  }

  private MethodHandle withOne(String what, Class<?> taken, MethodType type)
      throws ReflectiveOperationException {
    Class<?> argument = type.parameterType(spec.depths());
    MethodHandle asking =
        bound(ofOneLimit(), what, MethodType.methodType(type.returnType(), taken))
            .asType(MethodType.methodType(type.returnType(), argument));
    return spec.limits().get(0).group() == SiteLimit.NO_GROUP ? asking : whereOutermost(asking);
  }

  private WovenCall ofOneLimit() {
    SiteLimit limit = spec.limits().get(0);
    return new WovenCall(cores[0], limit.weight(), limit.timeoutNanos(), request);
  }

  /** Takes the depth first, and asks for nothing where that isn't 0. */
  private static MethodHandle whereOutermost(MethodHandle asking)
      throws ReflectiveOperationException {
    MethodHandle isOutermost =
        OWN.findStatic(
            Targets.class, "isOutermost", MethodType.methodType(boolean.class, int.class));
    MethodHandle withDepth = MethodHandles.dropArguments(asking, 0, int.class);
    return MethodHandles.guardWithTest(isOutermost, withDepth, granting(withDepth.type()));
  }

  @SuppressWarnings("unused") // By its name, above.
  private static boolean isOutermost(int depth) {
    return depth == 0;
  }

  private static MethodHandle granting(MethodType type) {
    return type.returnType() == boolean.class
        ? MethodHandles.dropArguments(
            MethodHandles.constant(boolean.class, true), 0, type.parameterList())
        : MethodHandles.empty(type);
  }

  /** The method begins where it is called again to begin, or where its permits are there. */
  private MethodHandle later() throws ReflectiveOperationException {
    MethodType type = request.type();
    AsyncCall call = new AsyncCall(new BoundLimits(spec, cores, request));
    MethodHandle begin = MethodHandles.empty(type);
    MethodHandle later =
        bound(call, "later", MethodType.methodType(Object.class, Object[].class))
            .asCollector(Object[].class, type.parameterCount())
            .asType(type);
    MethodHandle isLetThrough = bound(call, "isLetThrough", MethodType.methodType(boolean.class));
    return MethodHandles.guardWithTest(
        isLetThrough, begin, MethodHandles.guardWithTest(isThere(), begin, later));
  }

  /** By no more of the site's arguments than the limits speak of. */
  private MethodHandle isThere() throws ReflectiveOperationException {
    MethodType type = request.type();
    List<Integer> used = new ArrayList<>();
    SiteSpec ofUsed = byThose(used);
    int[] order = new int[used.size()];
    Class<?>[] types = new Class<?>[order.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = used.get(i);
      types[i] = type.parameterType(order[i]);
    }
    MethodHandle asking =
        new Targets(request, ofUsed, cores)
            .asking("isThere", MethodType.methodType(boolean.class, types));
    return MethodHandles.permuteArguments(asking, type.changeReturnType(boolean.class), order);
  }

  /**
   * The spec by those of the site's arguments alone that the limits speak of.
   *
   * @param used gets which those are
   */
  private SiteSpec byThose(List<Integer> used) {
    for (int depth = 0; depth < spec.depths(); depth++) {
      used.add(depth);
    }
    List<SiteLimit> limits = new ArrayList<>();
    for (SiteLimit limit : spec.limits()) {
      int weight = limit.weightArgument();
      List<Integer> keys = new ArrayList<>();
      for (Integer key : limit.keyArguments()) {
        keys.add(among(used, key));
      }
      limits.add(
          new SiteLimit(
              limit.limiter(),
              limit.weight(),
              limit.timeoutNanos(),
              limit.group(),
              weight == SiteLimit.NO_ARGUMENT ? weight : among(used, weight),
              keys));
    }
    return spec.with(limits);
  }

  private int among(List<Integer> used, int argument) {
    Integer ofSite = spec.depths() + argument;
    int index = used.indexOf(ofSite);
    if (index < 0) {
      index = used.size();
      used.add(ofSite);
    }
    return index - spec.depths();
  }

  private static MethodHandle bound(Object call, String method, MethodType type)
      throws ReflectiveOperationException {
    return OWN.findVirtual(call.getClass(), method, type).bindTo(call);
  }
}
