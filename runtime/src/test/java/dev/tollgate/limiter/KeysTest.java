package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of a key, whoever made it. */
class KeysTest {
  /** Neither short nor kept as it is. */
  private static final String LONG = "x".repeat(1_000_000);

  @Test
  void valuesOfTheJdksAreToldApartByTheirType() {
    assertThat(Keys.kept(1)).isEqualTo(1).isNotEqualTo(Keys.kept(1L)).isNotEqualTo(Keys.kept("1"));
    assertThat(Keys.kept(null)).isEqualTo(Keys.kept(null)).isNotEqualTo(Keys.kept("null"));
    assertThat(Keys.kept(new BigDecimal("1.0")))
        .isEqualTo(Keys.kept(new BigDecimal("1.0")))
        .isNotEqualTo(Keys.kept(new BigDecimal("1.00")))
        .isNotEqualTo(Keys.kept("1.0"));
    assertThat(Keys.kept(0.0)).isNotEqualTo(Keys.kept(-0.0));
    assertThat(Keys.kept(new double[] {0.0})).isNotEqualTo(Keys.kept(new double[] {-0.0}));
    assertThat(Keys.kept(new double[] {Double.NaN}))
        .isEqualTo(Keys.kept(new double[] {Double.longBitsToDouble(0x7ff8000000000001L)}));
  }

  @Test
  void aListInItselfIsTheSameKeyHoweverDeepTheStack() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    Object kept = Keys.kept(self);
    assertThat(Keys.kept(self)).isEqualTo(kept);
    List<Object> deep = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    assertThat(Keys.kept(deep)).isEqualTo(Keys.kept(deep));
  }

  @Test
  void aLongTextIsKeptSmallAndToldApart() {
    assertThat(Keys.kept(LONG)).isEqualTo(Keys.kept("x" + LONG.substring(1)));
    assertThat(Keys.kept(LONG)).isNotEqualTo(Keys.kept(LONG + "x"));
    assertThat(size(LONG)).isLessThan(KeyBytes.LONGEST);
    assertThat(Keys.kept("\ud800" + LONG)).isNotEqualTo(Keys.kept("\ud801" + LONG));
  }

  @Test
  void arraysAndListsGoByTheirElements() {
    assertThat(Keys.kept(new int[] {1, 2})).isEqualTo(Keys.kept(new int[] {1, 2}));
    assertThat(Keys.kept(new int[] {1, 2})).isNotEqualTo(Keys.kept(new int[] {1, 3}));
    assertThat(Keys.kept(new Object[] {"a", null, new long[] {3}}))
        .isEqualTo(Keys.kept(new Object[] {"a", null, new long[] {3}}));
    assertThat(Keys.kept(Arrays.asList("a", null))).isEqualTo(Keys.kept(Arrays.asList("a", null)));
    assertThat(Keys.kept(List.of("a", "b"))).isNotEqualTo(Keys.kept(List.of("a, b")));
    String half = "x".repeat(100);
    assertThat(Keys.kept(List.of("a", half, half)))
        .isNotEqualTo(Keys.kept(List.of("a, " + half, half)));
    assertThat(Keys.kept(List.of(1))).isNotEqualTo(Keys.kept(List.of(1L)));
  }

  @Test
  void ofAListNothingIsKeptThatChanges() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Object kept = Keys.kept(list);
    list.add("b");
    assertThat(kept).isEqualTo(Keys.kept(List.of("a"))).isNotEqualTo(Keys.kept(list));
  }

  @Test
  void aHugeListIsKeptSmall() {
    assertThat(size(Collections.nCopies(1_000_000, "x"))).isLessThan(KeyBytes.LONGEST);
    List<List<String>> nested = Collections.nCopies(100, Collections.nCopies(100, "x".repeat(100)));
    assertThat(size(nested)).isLessThan(KeyBytes.LONGEST);
  }

  @Test
  void whoCanNotSayWhatItIsSharesABucketAndHarmsNobody() {
    assertThat(Keys.kept(new Throwing())).isEqualTo(Keys.kept(new Throwing()));
    assertThat(Keys.kept(new SayingNothing())).isEqualTo(Keys.kept(new SayingNothing()));
    assertThat(Keys.kept(new Object[] {new Throwing()})).isNotNull();
    assertThat(Keys.kept(List.of(new Throwing()))).isEqualTo(Keys.kept(List.of(new Throwing())));
  }

  @Test
  void aListThatHoldsItselfIsAKeyToo() {
    List<Object> outer = new ArrayList<>();
    outer.add(List.of(outer));
    assertThat(Keys.kept(outer)).isNotNull();
    Object[] array = {null};
    array[0] = array;
    assertThat(Keys.kept(array)).isNotNull();
  }

  @Test
  void nothingOfTheProgramsClassesIsKept() {
    assertThat(Keys.kept(new SayingNothing())).isInstanceOf(EncodedKey.class);
    assertThat(Keys.kept(List.of(Kind.FIRST))).isInstanceOf(EncodedKey.class);
  }

  @Test
  void arraysAreToldApartByElementTypeAndElements() {
    assertAllDiffer(
        new String[] {"a", "b"},
        new String[] {"a, b"},
        new String[] {},
        new String[] {""},
        new String[] {null},
        new String[] {"null"},
        new Object[] {"a", "b"},
        new String[][] {{"a"}, {"b"}},
        new String[][] {{"a], [b"}},
        new int[] {1},
        new long[] {1},
        new short[] {1},
        new byte[] {1},
        new char[] {1},
        new float[] {1},
        new double[] {1},
        new boolean[] {true},
        new Integer[] {1},
        new Object[] {1},
        new Object[] {"1"},
        List.of(1),
        "[1]");
  }

  @Test
  void recordsGoByTypeAndComponents() {
    assertThat(Keys.kept(new Pair("a", new int[] {1})))
        .isEqualTo(Keys.kept(new Pair("a", new int[] {1})));
    assertAllDiffer(
        new Pair("x", "y, second=z"),
        new Pair("x, second=y", "z"),
        new OtherPair("x", "y, second=z"),
        new Pair("x", null),
        List.of("x", "y, second=z"),
        new Pair("x", "y, second=z").toString());
  }

  @Test
  void enumConstantsGoByTypeAndNameWhateverTheySay() {
    assertAllDiffer(Kind.FIRST, Kind.SECOND, OtherKind.FIRST, "FIRST", "same");
    assertThat(Keys.kept(Kind.SECOND)).isEqualTo(Keys.kept(Kind.valueOf("SECOND")));
  }

  @Test
  void equalSetsAndMapsAreOneKeyAndListsGoByOrder() {
    assertThat(Keys.kept(new LinkedHashSet<>(List.of("p", "q"))))
        .isEqualTo(Keys.kept(new TreeSet<>(List.of("q", "p"))));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("m", Set.of(1, 2));
    map.put("n", null);
    Map<String, Object> reversed = new LinkedHashMap<>();
    reversed.put("n", null);
    reversed.put("m", Set.of(2, 1));
    assertThat(Keys.kept(map)).isEqualTo(Keys.kept(reversed));
    assertThat(Keys.kept(new ArrayList<>(List.of("p")))).isEqualTo(Keys.kept(List.of("p")));
    assertAllDiffer(
        List.of("p", "q"),
        List.of("q", "p"),
        Set.of("p", "q"),
        Set.of("p"),
        Set.of("p, q"),
        Set.of(1, 2),
        Set.of(1L, 2L),
        Map.of("p", "q"),
        Map.of("q", "p"),
        Map.of("p=q", ""),
        new ArrayDeque<>(List.of("p", "q")),
        Map.entry("p", "q"),
        Optional.of("p"),
        Optional.of(List.of("p")),
        Optional.empty());
  }

  @Test
  void setsOfElementsThatSumUpAlikeAreToldApart() {
    assertAllDiffer(
        Set.of(List.of(1, 2), List.of(3)),
        Set.of(List.of(1), List.of(2, 3)),
        Map.of(1, 2, 3, 4),
        Map.of(1, 4, 3, 2),
        Map.of(1, 2),
        Set.of(Map.entry(1, 2)));
  }

  @Test
  void valuesOfTheJdkGoByWhatEqualsLooksAt() throws Exception {
    byte[] address = {10, 0, 0, 1};
    assertThat(Keys.kept(InetAddress.getByAddress("name", address)))
        .isEqualTo(Keys.kept(InetAddress.getByAddress(address)));
    assertThat(Keys.kept(InetSocketAddress.createUnresolved("HOST", 1)))
        .isEqualTo(Keys.kept(InetSocketAddress.createUnresolved("host", 1)))
        .isNotEqualTo(Keys.kept(InetSocketAddress.createUnresolved("host", 2)));
    assertThat(Keys.kept(new Date(1))).isNotEqualTo(Keys.kept(new Date(2)));
    assertThat(Keys.kept(ByteBuffer.wrap(address)))
        .isEqualTo(Keys.kept(ByteBuffer.allocateDirect(4).put(address).flip()))
        .isNotEqualTo(Keys.kept(ByteBuffer.allocate(4)));
    assertThat(Keys.kept(BigInteger.TEN)).isNotEqualTo(Keys.kept(BigInteger.ONE));
    assertThat(Keys.kept(new StringBuilder("sb"))).isEqualTo(Keys.kept(new StringBuilder("sb")));
    assertThat(Keys.kept(Optional.of(UUID.fromString("0-0-0-0-1"))))
        .isEqualTo(Keys.kept(Optional.of(UUID.fromString("0-0-0-0-1"))));
  }

  @Test
  void aLongTextIsToldApartWithoutACopyOfIt() {
    CharSequence huge = new StringBuilder("x".repeat(1 << 24)).append('y');
    assertThat(Keys.kept(huge.toString())).isNotEqualTo(Keys.kept("x".repeat((1 << 24) + 1)));
  }

  @Test
  void lookingAtAKeyNeverThrowsWhateverItDoes() {
    List<Object> hostile =
        List.of(
            new ThrowingRecord("a"),
            new Endless(),
            new AbstractList<Object>() {
              @Override
              public Object get(int index) {
                throw new AssertionError("on purpose");
              }

              @Override
              public int size() {
                return 3;
              }
            },
            new AbstractSet<Object>() {
              @Override
              public Iterator<Object> iterator() {
                return null;
              }

              @Override
              public int size() {
                return -1;
              }
            },
            new Throwing());
    for (Object each : hostile) {
      assertThat(Keys.kept(each)).isEqualTo(Keys.kept(each));
      assertThat(Keys.kept(new Object[] {each})).isNotEqualTo(Keys.kept(null));
    }
  }

  @Test
  void aListOfListsThatMeetAgainEnds() {
    List<Object> doubled = List.of("x");
    for (int i = 0; i < 60; i++) {
      doubled = List.of(doubled, doubled);
    }
    assertThat(Keys.kept(doubled)).isEqualTo(Keys.kept(doubled));
  }

  @Test
  void theClassLoaderOfAKeyIsNotKept() throws Exception {
    URL[] classes = {DoorTest.rootOf(KeysTest.class)};
    List<Object> kept = new ArrayList<>();
    WeakReference<ClassLoader> loader = keepOneOfAnotherLoader(classes, kept);
    // A class of one name in two loaders is one type.
    assertThat(kept).containsExactly(Keys.kept(new Loaded("a")));
    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
    }
    assertThat(loader.get()).isNull();
  }

  private static WeakReference<ClassLoader> keepOneOfAnotherLoader(URL[] classes, List<Object> kept)
      throws Exception {
    try (URLClassLoader loader = new URLClassLoader(classes, null)) {
      Class<?> type = loader.loadClass(Loaded.class.getName());
      assertThat(type).isNotEqualTo(Loaded.class);
      Constructor<?> maker = type.getDeclaredConstructor(String.class);
      maker.setAccessible(true);
      kept.add(Keys.kept(maker.newInstance("a")));
      return new WeakReference<>(loader);
    }
  }

  private static void assertAllDiffer(Object... keys) {
    for (int i = 0; i < keys.length; i++) {
      for (int j = 0; j < keys.length; j++) {
        if (i != j) {
          assertThat(Keys.kept(keys[i])).as(i + " and " + j).isNotEqualTo(Keys.kept(keys[j]));
        }
      }
    }
  }

  private static int size(Object key) {
    return ((EncodedKey) Keys.kept(key)).size();
  }

  private enum Kind {
    FIRST,
    SECOND {};

    @Override
    public String toString() {
      return "same";
    }
  }

  private enum OtherKind {
    FIRST
  }

  private record Pair(Object first, Object second) {}

  private record OtherPair(Object first, Object second) {}

  record Loaded(String name) {}

  private record ThrowingRecord(String name) {
    @Override
    public String name() {
      throw new IllegalStateException("on purpose");
    }
  }

  /** Goes on for ever. */
  private static final class Endless extends AbstractCollection<Object> {
    @Override
    public Iterator<Object> iterator() {
      return Stream.generate(() -> (Object) "x").iterator();
    }

    @Override
    public int size() {
      return Integer.MAX_VALUE;
    }
  }

  private static final class Throwing {
    @Override
    public String toString() {
      throw new IllegalStateException("on purpose");
    }
  }

  private static final class SayingNothing {
    @Override
    public String toString() {
      return null;
    }
  }
}
