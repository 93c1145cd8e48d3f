package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a key, whoever made it. */
class KeysTest {
  /** Neither short nor kept as it is. */
  private static final String LONG = "x".repeat(1_000_000);

  @Test
  void valuesOfTheJdksAreToldApartByTheirType() {
    assertThat(Keys.kept(1)).isEqualTo(1).isNotEqualTo(Keys.kept(1L)).isNotEqualTo(Keys.kept("1"));
    assertThat(Keys.kept(null)).isEqualTo(Keys.kept(null)).isNotEqualTo(Keys.kept("null"));
    assertThat(Keys.kept(new BigDecimal("1.0"))).isEqualTo("1.0");
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
    assertThat(Keys.kept(LONG).toString()).hasSizeLessThan(129);
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
    assertThat(Keys.kept(Collections.nCopies(1_000_000, "x")).toString()).hasSizeLessThan(129);
    List<List<String>> nested = Collections.nCopies(100, Collections.nCopies(100, "x".repeat(100)));
    assertThat(Keys.kept(nested).toString()).hasSizeLessThan(129);
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
    assertThat(Keys.kept(new SayingNothing())).isInstanceOf(String.class);
    assertThat(Keys.kept(List.of(Kind.FIRST))).isEqualTo(List.of("FIRST"));
  }

  private enum Kind {
    FIRST
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
