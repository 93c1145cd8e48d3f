package dev.tollgate.limiter;

import java.lang.reflect.Field;
import java.util.concurrent.locks.ReentrantLock;

/** The lock of a bucket, for tests that hold it. */
final class Locks {
  private Locks() {}

  static ReentrantLock of(LeasedBucket bucket) {
    return (ReentrantLock) field(field(field(bucket, "turnstile"), "entrance"), "lock");
  }

  private static Object field(Object object, String name) {
    try {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
