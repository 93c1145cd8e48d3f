package dev.tollgate.agent.report;

import dev.tollgate.jmx.AgentView;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import dev.tollgate.limiter.LimiterRegistry;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the agent has woven and missed. Holds texts only, and those of a class for no
 * longer than its loader lives.
 */
public final class AgentReport implements AgentView {
  private final String version;
  private final String configSource;
  private final LimiterRegistry registry;
  private final boolean failsUnknown;

  /** Not an adder: that takes longer to initialise than this ever waits. */
  private final AtomicLong weaveNanos = new AtomicLong();

  private volatile String reloadFailure = "";
  private volatile @Nullable Supplier<List<MissedMethod>> unmatched;

  // All: guarded by byLoader. The bootstrap loader is the null key.
  private final Map<@Nullable LoaderKey, Map<String, ClassReport>> byLoader = new HashMap<>();
  private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
  private final List<MissedMethod> general = new ArrayList<>();

  /**
   * @param failsUnknown whether a call to an unknown limiter fails; otherwise it passes
   */
  public AgentReport(
      String version, String configSource, LimiterRegistry registry, boolean failsUnknown) {
    this.version = version;
    this.configSource = configSource;
    this.registry = registry;
    this.failsUnknown = failsUnknown;
  }

  /** Replaces what was known of this class: a class may be woven again. */
  public void add(@Nullable ClassLoader loader, String className, ClassReport report) {
    synchronized (byLoader) {
      forgetThoseGone();
      LoaderKey key = LoaderKey.of(loader, gone);
      Map<String, ClassReport> classes = byLoader.get(key);
      if (classes == null) {
        classes = new LinkedHashMap<>();
        byLoader.put(key, classes);
      }
      classes.put(className, report);
    }
  }

  /** Something missed that belongs to no class in particular. */
  public void add(MissedMethod missed) {
    synchronized (byLoader) {
      if (!general.contains(missed)) {
        general.add(missed);
      }
    }
  }

  /**
   * Has {@link #missed()} ask for what isn't found so far: nothing has gone wrong, but a name may
   * be.
   */
  public void watch(Supplier<List<MissedMethod>> rules) {
    unmatched = rules;
  }

  /** The configuration file, as it is now, could not be put into force. */
  public void notReloaded(String why) {
    reloadFailure = why;
  }

  /** It is in force. */
  public void reloaded() {
    reloadFailure = "";
  }

  /** Whether something was woven into this class. */
  public boolean isWoven(@Nullable ClassLoader loader, String className) {
    synchronized (byLoader) {
      Map<String, ClassReport> classes = byLoader.get(LoaderKey.of(loader, null));
      ClassReport known = classes == null ? null : classes.get(className);
      return known != null && !known.woven().isEmpty();
    }
  }

  /** Adds to {@link #weaveMillis()}. */
  public void addWeaveNanos(long nanos) {
    weaveNanos.addAndGet(nanos);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String configSource() {
    return configSource;
  }

  @Override
  public String reloadFailure() {
    return reloadFailure;
  }

  @Override
  public List<WovenMethod> woven() {
    List<WovenMethod> all = new ArrayList<>();
    for (ClassReport report : reports()) {
      all.addAll(report.woven());
    }
    return all;
  }

  @Override
  public List<MissedMethod> missed() {
    List<MissedMethod> all = faults();
    Supplier<List<MissedMethod>> more = unmatched;
    if (more != null) {
      all.addAll(more.get());
    }
    return all;
  }

  /** Those of {@link #missed()} that something keeps from being limited. */
  List<MissedMethod> faults() {
    List<MissedMethod> all = new ArrayList<>();
    synchronized (byLoader) {
      all.addAll(general);
    }
    Map<String, Boolean> known = new HashMap<>();
    for (ClassReport report : reports()) {
      all.addAll(report.missed());
      for (WovenMethod method : report.woven()) {
        String limiter = method.limiter();
        if (!known.computeIfAbsent(limiter, name -> registry.findCore(name) != null)) {
          all.add(unknownLimiter(method));
        }
      }
    }
    return all;
  }

  @Override
  public double weaveMillis() {
    return weaveNanos.get() / 1e6;
  }

  private MissedMethod unknownLimiter(WovenMethod method) {
    String effect = failsUnknown ? "each call fails" : "calls pass unlimited";
    return new MissedMethod(
        method.className(),
        method.method(),
        registry.unknown(method.limiter()) + "; until it is defined " + effect);
  }

  private List<ClassReport> reports() {
    List<ClassReport> all = new ArrayList<>();
    synchronized (byLoader) {
      forgetThoseGone();
      for (Map<String, ClassReport> classes : byLoader.values()) {
        all.addAll(classes.values());
      }
    }
    return all;
  }

  private void forgetThoseGone() {
    Reference<? extends ClassLoader> key = gone.poll();
    while (key != null) {
      byLoader.remove(key);
      key = gone.poll();
    }
  }

  /** By identity: a loader's own {@code equals} and {@code hashCode} are code of the program. */
  private static final class LoaderKey extends WeakReference<ClassLoader> {
    private final int hash;

    private LoaderKey(ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> gone) {
      super(loader, gone);
      hash = System.identityHashCode(loader);
    }

    /**
     * @param gone told when the loader is, if not null
     */
    static @Nullable LoaderKey of(
        @Nullable ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> gone) {
      return loader == null ? null : new LoaderKey(loader, gone);
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
      return loader != null && other instanceof LoaderKey key && key.refersTo(loader);
    }
  }
}
