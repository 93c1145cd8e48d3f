package dev.tollgate.limiter;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the components of each record class are read; empty if its module doesn't let us. The class
 * itself holds them, so they are of the JDK's types only: one of ours would keep this library's
 * class loader.
 */
final class RecordAccessors extends ClassValue<Optional<List<Method>>> {
  @Override
  protected Optional<List<Method>> computeValue(Class<?> type) {
    try {
      List<Method> accessors = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        accessors.add(accessor);
      }
      return Optional.of(List.copyOf(accessors));
    } catch (RuntimeException | LinkageError inaccessible) {
      return Optional.empty();
    }
  }
}
