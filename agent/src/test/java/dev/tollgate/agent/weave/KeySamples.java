package dev.tollgate.agent.weave;

import dev.tollgate.LimitKey;
import dev.tollgate.RateLimited;
import dev.tollgate.Weight;

/** Keys of each type, alone, combined, and with weights. */
final class KeySamples {
  private KeySamples() {}

  static class Methods {
    @RateLimited("limit")
    String ofText(int before, @LimitKey String key) {
      return key;
    }

    @RateLimited("limit")
    static char ofChar(@LimitKey char key) {
      return key;
    }

    @RateLimited("limit")
    static long ofLong(long before, @LimitKey long key) {
      return key;
    }

    @RateLimited("limit")
    static boolean ofBoolean(@LimitKey boolean key) {
      return key;
    }

    @RateLimited("limit")
    String weighted(@LimitKey String key, @Weight int weight) {
      return key + weight;
    }

    @RateLimited("limit")
    String combined(@LimitKey String user, long between, @LimitKey int shard) {
      return user + shard;
    }

    @RateLimited("limit")
    @RateLimited("other")
    String firstGoesByKey(@LimitKey String key) {
      return key;
    }

    @RateLimited("limit")
    @RateLimited("other")
    String otherGoesByKey(@LimitKey("other") String key) {
      return key;
    }

    @RateLimited("limit")
    @RateLimited("other")
    String eachByItsOwn(@LimitKey("limit") String user, @LimitKey("other") String host) {
      return user + host;
    }
  }

  @RateLimited("limit")
  static class Type {
    public String outer(@LimitKey String key) {
      return inner("inside");
    }

    public String inner(@LimitKey String key) {
      return key;
    }
  }

  static class Made {
    @RateLimited("limit")
    Made(@LimitKey String key) {}
  }
}
