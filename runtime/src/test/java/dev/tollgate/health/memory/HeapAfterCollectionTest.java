package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapAfterCollectionTest {
  private static final MemoryUsage NEVER = new MemoryUsage(0, 0, 0, 0);

  @Test
  void whatEachPartHeldAfterItsLastCollectionIsAddedUp() {
    assertThat(used(pool(900, after(0)), pool(80, after(50)), pool(700, after(600)))).hasValue(650);
  }

  @Test
  void nothingIsKnownBeforeTheFirstCollection() {
    assertThat(used(pool(900, NEVER), pool(0, NEVER), pool(0, NEVER))).isEmpty();
  }

  /** G1 says so of a heap in which it has not begun a second region. */
  @Test
  void nothingIsKnownBeforeTheFirstCollectionOfWhatSeemsToBeEmpty() {
    assertThat(used(pool(0, NEVER), pool(0, NEVER), pool(0, NEVER))).isEmpty();
  }

  @Test
  void nothingIsKnownBeforeTheOldObjectsWereCollected() {
    assertThat(used(pool(900, after(0)), pool(80, after(50)), pool(300, NEVER))).isEmpty();
  }

  @Test
  void aPartThatHasNothingInItNeedsNoCollection() {
    assertThat(used(pool(900, after(0)), pool(80, after(50)), pool(0, NEVER))).hasValue(50);
  }

  @Test
  void nothingIsKnownWhereACollectorDoesNotTell() {
    assertThat(used(pool(900, after(10)), pool(5, null))).isEmpty();
  }

  @Test
  void whatIsNotHeapOrNoLongerThereDoesNotCount() {
    MemoryPoolMXBean code = pool(MemoryType.NON_HEAP, true, 99, after(99));
    MemoryPoolMXBean gone = pool(MemoryType.HEAP, false, 99, null);

    assertThat(used(code, gone, pool(900, after(10)))).hasValue(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel", "G1", "Z", "Shenandoah"})
  void eachCollectorOfThisJdkTells(String collector) throws IOException {
    List<String> lines =
        new Fork(HeapProgram.class).option("-Xmx64m", "-XX:+Use" + collector + "GC").run();
    assumeTrue(
        lines.stream().noneMatch(line -> line.contains("not supported")),
        () -> "this JDK has no such collector: " + lines);

    assertThat(lines).startsWith("OptionalLong.empty", "true").hasSize(3);
    // The two older ones keep a part of the heap free, to copy into.
    assertThat(Long.parseLong(lines.get(2))).isBetween(60L << 20, 64L << 20);
  }

  @Test
  void theMaximumIsTheHeapsOwn() {
    assertThat(HeapAfterCollection.maxBytes())
        .hasValue(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
  }

  private static OptionalLong used(MemoryPoolMXBean... pools) {
    return HeapAfterCollection.usedBytes(List.of(pools));
  }

  private static MemoryUsage after(long used) {
    return new MemoryUsage(-1, used, 1000, -1);
  }

  private static MemoryPoolMXBean pool(long now, @Nullable MemoryUsage after) {
    return pool(MemoryType.HEAP, true, now, after);
  }

  private static MemoryPoolMXBean pool(
      MemoryType type, boolean valid, long now, @Nullable MemoryUsage after) {
    Map<String, Object> answers =
        Map.of(
            "getType", type,
            "isValid", valid,
            "getUsage", new MemoryUsage(-1, now, 1000, -1));
    return (MemoryPoolMXBean)
        Proxy.newProxyInstance(
            HeapAfterCollectionTest.class.getClassLoader(),
            new Class<?>[] {MemoryPoolMXBean.class},
            (proxy, method, args) ->
                method.getName().equals("getCollectionUsage")
                    ? after
                    : answers.get(method.getName()));
  }
}
