package dev.tollgate.agent.link;

import dev.tollgate.limiter.LimiterCore;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Targets of call sites that take permits, once their limiters are known: the leanest that will do.
 * Only where limits are several, or speak of arguments in some mixture, are those collected into an
 * array.
 */
final class Targets {
  private static final MethodHandles.Lookup OWN = MethodHandles.lookup();
  private static final MethodType GENERAL_TAKE = MethodType.methodType(void.class, Object[].class);
  private static final MethodType GENERAL_REFUSAL =
      MethodType.methodType(Throwable.class, Object[].class);

  private final SiteRequest request;
  private final SiteSpec spec;
  private final LimiterCore[] cores;

  private Targets(SiteRequest request, SiteSpec spec, LimiterCore[] cores) {
    this.request = request;
    this.spec = spec;
    this.cores = cores;
  }

  /**
   * @param cores of the limits of {@code spec}, in their order
   */
  static MethodHandle of(SiteRequest request, SiteSpec spec, LimiterCore[] cores)
      throws ReflectiveOperationException {
    Targets targets = new Targets(request, spec, cores);
    return switch (request.form()) {
      case Linker.TAKE -> targets.taking();
      case Linker.REFUSAL -> targets.refusing();
      case Linker.LATER -> targets.later();
      default -> throw new IllegalArgumentException("no form " + request.form());
    };
  }

  private MethodHandle taking() throws ReflectiveOperationException {
    MethodHandle one = ofOneLimit();
    return one != null ? one : collecting("take", GENERAL_TAKE);
  }

  /** Null where it isn't one limit of a simple kind. */
  private @Nullable MethodHandle ofOneLimit() throws ReflectiveOperationException {
    if (cores.length != 1 || spec.depths() > 1) {
      return null;
    }
    SiteLimit limit = spec.limits().get(0);
    MethodType type = request.type();
    boolean inGroup = limit.group() != SiteLimit.NO_GROUP;
    if (!limit.hasArguments() && type.parameterCount() == spec.depths()) {
      return inGroup
          ? bound("takeIfOutermost", MethodType.methodType(void.class, int.class))
          : bound("take", MethodType.methodType(void.class));
    }
    if (type.parameterCount() != spec.depths() + 1 || inGroup != (spec.depths() == 1)) {
      return null;
    }
    Class<?> argument = type.parameterType(spec.depths());
    MethodHandle taking;
    if (limit.keyArguments().isEmpty()) {
      if (!argument.isPrimitive()) {
        return null;
      }
      taking = bound("takeWeighted", MethodType.methodType(void.class, long.class));
    } else if (limit.weightArgument() == SiteLimit.NO_ARGUMENT) {
      taking = bound("takeKeyed", MethodType.methodType(void.class, Object.class));
    } else {
      return null;
    }
    MethodHandle exact = taking.asType(MethodType.methodType(void.class, argument));
    return inGroup ? whereOutermost(exact) : exact;
  }

  /** Takes the depth first, and does nothing where that isn't 0. */
  private static MethodHandle whereOutermost(MethodHandle taking)
      throws ReflectiveOperationException {
    MethodHandle isOutermost =
        OWN.findStatic(
            Targets.class, "isOutermost", MethodType.methodType(boolean.class, int.class));
    MethodHandle withDepth = MethodHandles.dropArguments(taking, 0, int.class);
    return MethodHandles.guardWithTest(
        isOutermost, withDepth, MethodHandles.empty(withDepth.type()));
  }

  @SuppressWarnings("unused") // By its name, above.
  private static boolean isOutermost(int depth) {
    return depth == 0;
  }

  private MethodHandle refusing() throws ReflectiveOperationException {
    return cores.length == 1 && request.type().parameterCount() == 0
        ? bound("refusal", MethodType.methodType(Throwable.class))
        : collecting("refusal", GENERAL_REFUSAL);
  }

  private MethodHandle later() throws ReflectiveOperationException {
    MethodType type = request.type();
    BoundLimits limits = new BoundLimits(spec, cores, request.where());
    List<Integer> tested = new ArrayList<>();
    SiteSpec ofTest = testedBy(tested);
    AsyncCall call =
        new AsyncCall(
            limits,
            new BoundLimits(ofTest, cores, request.where()),
            SelfCall.of(request, spec),
            request);
    MethodHandle later =
        OWN.findVirtual(
                AsyncCall.class, "later", MethodType.methodType(Object.class, Object[].class))
            .bindTo(call)
            .asCollector(Object[].class, type.parameterCount())
            .asType(type);
    MethodHandle begin = MethodHandles.empty(type);
    return MethodHandles.guardWithTest(mayBegin(call, tested), begin, later);
  }

  /**
   * Whether the method may begin now, by no more of the arguments than it takes.
   *
   * @param tested which of the site's arguments those are
   */
  private MethodHandle mayBegin(AsyncCall call, List<Integer> tested)
      throws ReflectiveOperationException {
    MethodType type = request.type();
    MethodHandle test;
    if (cores.length == 1 && !spec.hasArguments() && spec.depths() <= 1) {
      test =
          spec.depths() == 0
              ? OWN.findVirtual(AsyncCall.class, "mayBegin", MethodType.methodType(boolean.class))
              : OWN.findVirtual(
                  AsyncCall.class,
                  "mayBeginAtDepth",
                  MethodType.methodType(boolean.class, int.class));
      test = test.bindTo(call);
    } else {
      Class<?>[] types = new Class<?>[tested.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = type.parameterType(tested.get(i));
      }
      test =
          OWN.findVirtual(
                  AsyncCall.class, "mayBegin", MethodType.methodType(boolean.class, Object[].class))
              .bindTo(call)
              .asCollector(Object[].class, types.length)
              .asType(MethodType.methodType(boolean.class, types));
    }
    int[] order = new int[tested.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = tested.get(i);
    }
    return MethodHandles.permuteArguments(test, type.changeReturnType(boolean.class), order);
  }

  /**
   * The spec by those of the site's arguments alone that the limits speak of.
   *
   * @param tested gets which those are
   */
  private SiteSpec testedBy(List<Integer> tested) {
    for (int depth = 0; depth < spec.depths(); depth++) {
      tested.add(depth);
    }
    List<SiteLimit> limits = new ArrayList<>();
    for (SiteLimit limit : spec.limits()) {
      int weight = limit.weightArgument();
      List<Integer> keys = new ArrayList<>();
      for (Integer key : limit.keyArguments()) {
        keys.add(among(tested, key));
      }
      limits.add(
          new SiteLimit(
              limit.limiter(),
              limit.weight(),
              limit.timeoutNanos(),
              limit.group(),
              weight == SiteLimit.NO_ARGUMENT ? weight : among(tested, weight),
              keys));
    }
    return spec.with(limits);
  }

  private int among(List<Integer> tested, int argument) {
    Integer ofSite = spec.depths() + argument;
    int index = tested.indexOf(ofSite);
    if (index < 0) {
      index = tested.size();
      tested.add(ofSite);
    }
    return index - spec.depths();
  }

  private MethodHandle bound(String method, MethodType type) throws ReflectiveOperationException {
    SiteLimit limit = spec.limits().get(0);
    WovenCall call =
        new WovenCall(
            cores[0], limit.weight(), limit.timeoutNanos(), request.caller(), request.where());
    return OWN.findVirtual(WovenCall.class, method, type).bindTo(call);
  }

  private MethodHandle collecting(String method, MethodType type)
      throws ReflectiveOperationException {
    GeneralCall call =
        new GeneralCall(new BoundLimits(spec, cores, request.where()), request.caller());
    return OWN.findVirtual(GeneralCall.class, method, type)
        .bindTo(call)
        .asCollector(Object[].class, request.type().parameterCount())
        .asType(request.type());
  }
}
