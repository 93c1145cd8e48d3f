package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equality is written by hand, so that what is published is told from what was, in each part. */
class ReportEqualityTest {
  private static final CheckReport ROW =
      new CheckReport("a", HealthStatus.HEALTHY, "b", false, Duration.ZERO, Instant.EPOCH, false);
  private static final HealthReport REPORT =
      new HealthReport(HealthStatus.HEALTHY, true, List.of(), true, List.of(), List.of(ROW));

  static Stream<Record> records() {
    return Stream.of(ROW, REPORT);
  }

  @ParameterizedTest
  @MethodSource("records")
  void theSameInAllPartsIsEqual(Record record) throws ReflectiveOperationException {
    Record twin = with(record, -1);

    assertThat(twin).isNotSameAs(record).isEqualTo(record).hasSameHashCodeAs(record);
  }

  @ParameterizedTest
  @MethodSource("records")
  void anotherInOnePartIsNot(Record record) throws ReflectiveOperationException {
    for (int i = 0; i < record.getClass().getRecordComponents().length; i++) {
      assertThat(with(record, i)).isNotEqualTo(record);
    }
  }

  /** A copy in which the part of this number is another; -1 for a true copy. */
  private static Record with(Record record, int part) throws ReflectiveOperationException {
    RecordComponent[] parts = record.getClass().getRecordComponents();
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Object value = parts[i].getAccessor().invoke(record);
      values[i] = i == part ? another(value) : value;
    }
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
    return (Record) constructor.newInstance(values);
  }

  private static Object another(Object value) {
    if (value instanceof Boolean flag) {
      return !flag;
    }
    if (value instanceof String text) {
      return text + "!";
    }
    if (value instanceof Duration duration) {
      return duration.plusNanos(1);
    }
    if (value instanceof HealthStatus) {
      return HealthStatus.DEGRADED;
    }
    if (value instanceof Instant instant) {
      return instant.plusNanos(1);
    }
    return ((List<?>) value).isEmpty() ? List.of("x") : List.of();
  }
}
