package dev.tollgate.agent.link;

import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.TokenSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a call site, with their limiters: from a call's arguments to what it asks for.
 *
 * @param cores of the limits, in their order
 * @param site for errors
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and the JIT trusts a record.
record BoundLimits(SiteSpec spec, KeyedCore[] cores, SiteRequest site) {

  /**
   * @param arguments of the call site: depths first
   * @throws IllegalArgumentException if an argument can't be a weight
   */
  Demand demand(@Nullable Object[] arguments) {
    List<SiteLimit> limits = spec.limits();
    int count = 0;
    for (SiteLimit limit : limits) {
      count += counts(limit, arguments) ? 1 : 0;
    }
    String[] names = new String[count];
    TokenSource[] sources = new TokenSource[count];
    long[] weights = new long[count];
    long[] maxWaitNanos = new long[count];
    int at = 0;
    for (int i = 0; i < cores.length; i++) {
      SiteLimit limit = limits.get(i);
      if (counts(limit, arguments)) {
        names[at] = limit.limiter();
        sources[at] = source(cores[i], limit, arguments);
        weights[at] = weight(limit, arguments);
        maxWaitNanos[at] = limit.timeoutNanos();
        at++;
      }
    }
    return new Demand(names, sources, weights, maxWaitNanos);
  }

  /** Whether the thread is in no other method of the limit's group. */
  static boolean counts(SiteLimit limit, @Nullable Object[] arguments) {
    return limit.group() == SiteLimit.NO_GROUP
        || Integer.valueOf(0).equals(arguments[limit.group()]);
  }

  private TokenSource source(KeyedCore core, SiteLimit limit, @Nullable Object[] arguments) {
    List<Integer> keys = limit.keyArguments();
    if (keys.isEmpty()) {
      return core;
    }
    if (keys.size() == 1) {
      return core.ofKey(arguments[spec.depths() + keys.get(0)]);
    }
    List<@Nullable Object> parts = new ArrayList<>();
    for (Integer key : keys) {
      parts.add(arguments[spec.depths() + key]);
    }
    return core.ofKey(Collections.unmodifiableList(parts));
  }

  private long weight(SiteLimit limit, @Nullable Object[] arguments) {
    if (limit.weightArgument() == SiteLimit.NO_ARGUMENT) {
      return limit.weight();
    }
    Object weight = arguments[spec.depths() + limit.weightArgument()];
    if (weight == null) {
      throw Refusals.ofWeight(site, "null");
    }
    return checked(((Number) weight).longValue(), site);
  }

  static long checked(long weight, SiteRequest site) {
    if (weight < 0) {
      throw Refusals.ofWeight(site, weight + "; it must be 0 or more");
    }
    return weight;
  }
}
