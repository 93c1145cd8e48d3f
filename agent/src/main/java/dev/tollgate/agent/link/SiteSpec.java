package dev.tollgate.agent.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a call site which takes permits is to know, as weaving writes it into the class file and
 * linking reads it: one text, so that the dispatcher's signature never changes.
 *
 * <p>The call site's arguments are the depths of {@code depths} groups, as ints, and then those
 * that the limits speak of.
 *
 * @param self the woven method, where the site may have to call it later; else null
 * @param fallback what answers a refusal of a site that may have to call it later; else null
 */
public record SiteSpec(
    List<SiteLimit> limits, int depths, @Nullable SiteMethod self, @Nullable SiteMethod fallback) {

  /** For {@link #parse}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    put(text, depths);
    put(text, limits.size());
    for (SiteLimit limit : limits) {
      put(text, limit.limiter());
      put(text, limit.weight());
      put(text, limit.timeoutNanos());
      put(text, limit.group());
      put(text, limit.weightArgument());
      put(text, limit.keyArguments().size());
      for (Integer key : limit.keyArguments()) {
        put(text, key);
      }
    }
    put(text, self);
    put(text, fallback);
    return text.toString();
  }

  static SiteSpec parse(String text) {
    Reader in = new Reader(text);
    int depths = (int) in.number();
    List<SiteLimit> limits = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      String limiter = in.text();
      long weight = in.number();
      long timeoutNanos = in.number();
      int group = (int) in.number();
      int weightArgument = (int) in.number();
      List<Integer> keys = new ArrayList<>();
      for (long keysLeft = in.number(); keysLeft > 0; keysLeft--) {
        keys.add((int) in.number());
      }
      limits.add(new SiteLimit(limiter, weight, timeoutNanos, group, weightArgument, keys));
    }
    return new SiteSpec(limits, depths, in.method(), in.method());
  }

  /** The same with these limits. */
  SiteSpec with(List<SiteLimit> otherLimits) {
    return new SiteSpec(otherLimits, depths, self, fallback);
  }

  boolean hasArguments() {
    for (SiteLimit limit : limits) {
      if (limit.hasArguments()) {
        return true;
      }
    }
    return false;
  }

  private static void put(StringBuilder text, long number) {
    text.append(number).append(';');
  }

  /** With its length first, so that it may be any text. */
  private static void put(StringBuilder text, String value) {
    text.append(value.length()).append(';').append(value);
  }

  private static void put(StringBuilder text, @Nullable SiteMethod method) {
    put(text, method == null ? "" : method.name());
    if (method != null) {
      put(text, method.descriptor());
      put(text, method.isStatic() ? 1 : 0);
    }
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    long number() {
      int end = text.indexOf(';', at);
      long number = Long.parseLong(text.substring(at, end));
      at = end + 1;
      return number;
    }

    String text() {
      int length = (int) number();
      at += length;
      return text.substring(at - length, at);
    }

    @Nullable SiteMethod method() {
      String name = text();
      return name.isEmpty() ? null : new SiteMethod(name, text(), number() == 1);
    }
  }
}
