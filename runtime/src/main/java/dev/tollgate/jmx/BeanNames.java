package dev.tollgate.jmx;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What the beans are called. */
final class BeanNames {
  static final ObjectName AGENT = name("type=Agent");
  static final ObjectName HEALTH = name("type=Health");

  private BeanNames() {}

  static ObjectName rateLimiter(String name) {
    return name("type=RateLimiter,name=" + name);
  }

  private static ObjectName name(String keys) {
    try {
      return new ObjectName("dev.tollgate:" + keys);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
