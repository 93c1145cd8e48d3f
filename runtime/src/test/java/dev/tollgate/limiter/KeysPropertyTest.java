package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys are kept equal if, and only if, they are equal all the way down. */
class KeysPropertyTest {

  @Property(tries = 3000)
  void keysAreEqualIfTheirValuesAre(
      @ForAll("values") Object first, @ForAll("values") Object second) {
    assertThat(Keys.kept(first).equals(Keys.kept(second)))
        .isEqualTo(meaning(first).equals(meaning(second)));
  }

  @Property
  void anEqualValueMadeOtherwiseIsTheSameKey(@ForAll("values") Object value) {
    Object kept = Keys.kept(value);
    assertThat(Keys.kept(remade(value))).isEqualTo(kept).hasSameHashCodeAs(kept);
  }

  @Provide
  static Arbitrary<Object> values() {
    Arbitrary<Object> plain =
        Arbitraries.of(
            "",
            "1",
            "a",
            "[1]",
            "a, b",
            "null",
            1,
            1L,
            (byte) 1,
            'a',
            1.0,
            0.0,
            -0.0,
            true,
            Kind.A,
            Kind.B,
            OtherKind.A,
            Optional.empty(),
            new Empty());
    return Arbitraries.recursive(() -> plain.injectNull(0.1), KeysPropertyTest::composed, 0, 3);
  }

  private static Arbitrary<Object> composed(Arbitrary<Object> inner) {
    Arbitrary<List<Object>> some = inner.list().ofMaxSize(2);
    return Arbitraries.oneOf(
        inner,
        some.map(list -> (Object) list),
        some.map(list -> (Object) new HashSet<>(list)),
        some.map(list -> (Object) list.toArray()),
        some.map(list -> (Object) texts(list)),
        some.map(list -> (Object) ints(list)),
        some.map(list -> (Object) map(list)),
        some.map(list -> (Object) new Pair(at(list, 0), at(list, 1))),
        inner.map(each -> (Object) Optional.ofNullable(each)));
  }

  /** As plain lists, sets and maps, whose equality the JDK has. */
  private static Object meaning(Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(meaning(Array.get(value, i)));
      }
      return List.of(value.getClass(), elements);
    }
    if (value instanceof List<?> list) {
      return List.of("list", list.stream().map(KeysPropertyTest::meaning).toList());
    }
    if (value instanceof Set<?> set) {
      // Counted: two arrays of one content are two elements.
      Map<Object, Integer> elements = new HashMap<>();
      set.forEach(each -> elements.merge(meaning(each), 1, Integer::sum));
      return List.of("set", elements);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Integer> entries = new HashMap<>();
      map.forEach((key, of) -> entries.merge(List.of(meaning(key), meaning(of)), 1, Integer::sum));
      return List.of("map", entries);
    }
    if (value instanceof Pair pair) {
      return List.of(Pair.class, meaning(pair.first), meaning(pair.second));
    }
    if (value instanceof Optional<?> optional) {
      return List.of("optional", meaning(optional.orElse(null)));
    }
    return List.of(value.getClass(), value);
  }

  /** Equal, of other classes and in another order where that doesn't count. */
  private static Object remade(Object value) {
    if (value instanceof List<?> list) {
      return new LinkedList<>(list.stream().map(KeysPropertyTest::remade).toList());
    }
    if (value instanceof Set<?> set) {
      List<Object> elements = new ArrayList<>(set);
      java.util.Collections.reverse(elements);
      return new LinkedHashSet<>(elements);
    }
    if (value instanceof Map<?, ?> map) {
      List<Object> keys = new ArrayList<>(map.keySet());
      java.util.Collections.reverse(keys);
      Map<Object, Object> reversed = new LinkedHashMap<>();
      keys.forEach(key -> reversed.put(key, remade(map.get(key))));
      return reversed;
    }
    if (value instanceof Object[] array) {
      Object[] copy = array.clone();
      Arrays.setAll(copy, i -> array[i] instanceof String text ? text : remade(array[i]));
      return copy;
    }
    if (value instanceof int[] array) {
      return array.clone();
    }
    return value instanceof Pair pair ? new Pair(remade(pair.first), remade(pair.second)) : value;
  }

  private static String[] texts(List<Object> list) {
    return list.stream().map(String::valueOf).toArray(String[]::new);
  }

  private static int[] ints(List<Object> list) {
    return list.stream().mapToInt(each -> each == null ? 0 : 1).toArray();
  }

  private static Map<Object, Object> map(List<Object> list) {
    Map<Object, Object> map = new HashMap<>();
    map.put(at(list, 0), at(list, 1));
    map.put(at(list, 1), "a");
    return map;
  }

  private static Object at(List<Object> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  private enum Kind {
    A,
    B;

    @Override
    public String toString() {
      return "a";
    }
  }

  private enum OtherKind {
    A
  }

  private record Empty() {}

  private record Pair(Object first, Object second) {}
}
