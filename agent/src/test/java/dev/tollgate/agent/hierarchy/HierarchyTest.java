package dev.tollgate.agent.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class HierarchyTest {
  private static final String HERE = "dev/tollgate/agent/hierarchy/HierarchyTest$";

  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final ClassLoader loader = new Resources();
  private Set<String> ofInterest = Set.of(HERE + "Top");
  private Hierarchy hierarchy =
      new Hierarchy((name, mentionsUs, file) -> ofInterest.contains(name), false);

  interface Top {}

  interface Middle extends Top, Runnable {}

  static class Base implements Middle {
    @Override
    public void run() {}
  }

  static class Derived extends Base implements Callable<String> {
    @Override
    public String call() {
      return "";
    }
  }

  interface WithDefault extends Top {
    default void run() {}
  }

  static class Plain {}

  static final class Last extends Base {}

  static class Lambdas {
    Object make() {
      Runnable ofTheJdk = () -> {};
      Middle own = () -> {};
      return "of " + ofTheJdk + own;
    }
  }

  private final Set<Class<?>> there = Set.of(Top.class, Middle.class, Base.class);

  @Test
  void findsWhatStandsAboveAClassWithoutLoadingAnything() throws IOException {
    there.forEach(this::give);
    KnownClass derived = pass(Derived.class).type();

    assertThat(derived.isOfInterest()).isFalse();
    assertThat(hierarchy.hasAbove(loader, derived)).isTrue();
    assertThat(hierarchy.above(loader, derived))
        .extracting(KnownClass::name)
        .containsExactly(HERE + "Base", HERE + "Middle", HERE + "Top");
  }

  @Test
  void readsEachTypeOnceAndNoneThatHasComeBy() throws IOException {
    there.forEach(this::give);
    KnownClass middle = pass(Middle.class).type();
    for (int i = 0; i < 3; i++) {
      assertThat(hierarchy.hasAbove(loader, pass(Derived.class).type())).isTrue();
      assertThat(hierarchy.hasAbove(loader, middle)).isTrue();
    }
    assertThat(asked).containsExactlyInAnyOrder(HERE + "Base.class", HERE + "Top.class");
  }

  @Test
  void tellsInterfacesWithoutABodyFromWhateverHasOne() throws IOException {
    assertThat(pass(Middle.class).hasCode()).isFalse();
    assertThat(pass(WithDefault.class).hasCode()).isTrue();
    assertThat(pass(Plain.class).hasCode()).isTrue();
  }

  @Test
  void asksForNothingOfTheJdks() throws IOException {
    assertThat(hierarchy.hasAbove(loader, pass(Plain.class).type())).isFalse();
    assertThat(hierarchy.hasAbove(loader, pass(ArrayList.class).type())).isFalse();
    assertThat(asked).isEmpty();
  }

  /** Class files write some of them as UTF-8 doesn't. */
  @Test
  void namesMayHaveAnyCharacters() {
    ClassWriter file = new ClassWriter(0);
    file.visit(Opcodes.V17, 0, "p/Below", null, "p/\u00e9\u6f22\ud835\udcb3\u0000x", null);
    Passing passing = Objects.requireNonNull(hierarchy.pass(loader, file.toByteArray()));

    assertThat(hierarchy.hasAbove(loader, passing.type())).isFalse();
    assertThat(asked).containsExactly("p/\u00e9\u6f22\ud835\udcb3\u0000x.class");
  }

  @Test
  void whatCannotBeReadIsAskedForOnceAndNotOfInterest() throws IOException {
    KnownClass derived = pass(Derived.class).type();
    for (int i = 0; i < 3; i++) {
      assertThat(hierarchy.hasAbove(loader, derived)).isFalse();
    }
    assertThat(asked).containsExactly(HERE + "Base.class");
    assertThat(hierarchy.above(loader, derived)).isEmpty();
  }

  @Test
  void aTypeThatShowsToBeOfInterestAfterThoseBelowItIsLate() throws IOException {
    KnownClass base = pass(Base.class).type();
    assertThat(hierarchy.hasAbove(loader, base)).isFalse();

    give(Top.class);
    assertThat(pass(Middle.class).isLate()).isTrue();
    assertThat(hierarchy.hasAbove(loader, base)).isTrue();
    assertThat(pass(Middle.class).isLate()).isFalse();
  }

  @Test
  void aTypeThatWasReadRightIsNotLate() throws IOException {
    there.forEach(this::give);
    assertThat(hierarchy.hasAbove(loader, pass(Derived.class).type())).isTrue();
    for (Class<?> type : there) {
      assertThat(pass(type).isLate()).isFalse();
    }
  }

  @Test
  void namesWhatLambdasMayImplement() throws IOException {
    give(Middle.class);
    give(Top.class);
    assertThat(pass(Lambdas.class).lambdas()).containsExactly(HERE + "Middle");
    assertThat(hierarchy.isOrHasAbove(loader, HERE + "Middle")).isTrue();
    assertThat(hierarchy.isOrHasAbove(loader, HERE + "Plain")).isFalse();
  }

  @Test
  void finalClassesAreNotRemembered() throws IOException {
    there.forEach(this::give);
    assertThat(hierarchy.hasAbove(loader, pass(Last.class).type())).isTrue();
    assertThat(hierarchy.type(loader, HERE + "Last")).isNull();
  }

  @Test
  void loadersThatThrowOrGiveRubbishAreNoMatter() throws IOException {
    files.put(HERE + "Base.class", new byte[] {1, 2, 3});
    assertThat(hierarchy.hasAbove(loader, pass(Derived.class).type())).isFalse();
    ClassLoader broken =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            throw new IllegalStateException("its own");
          }
        };
    Passing passing = Objects.requireNonNull(hierarchy.pass(broken, file(Derived.class)));
    assertThat(hierarchy.hasAbove(broken, passing.type())).isFalse();
    assertThat(hierarchy.pass(loader, new byte[] {1, 2, 3})).isNull();
  }

  @Test
  void classesOfTheJdkAreFollowedOnlyWhereTheyMayBeOfInterest() throws IOException {
    ofInterest = Set.of("java/sql/Statement");
    byte[] prepared;
    try (InputStream stream =
        ClassLoader.getSystemResourceAsStream("java/sql/CallableStatement.class")) {
      prepared = stream.readAllBytes();
    }
    Passing passing = Objects.requireNonNull(hierarchy.pass(null, prepared));
    assertThat(hierarchy.hasAbove(null, passing.type())).isFalse();

    hierarchy = new Hierarchy((name, mentionsUs, file) -> ofInterest.contains(name), true);
    passing = Objects.requireNonNull(hierarchy.pass(null, prepared));
    assertThat(hierarchy.hasAbove(null, passing.type())).isTrue();
    assertThat(hierarchy.above(null, passing.type()))
        .extracting(KnownClass::name)
        .containsExactly("java/sql/PreparedStatement", "java/sql/Statement", "java/sql/Wrapper");
  }

  @Test
  void keepsNoLoaderAlive() throws Exception {
    WeakReference<ClassLoader> gone = new WeakReference<>(useALoader());
    for (int i = 0; i < 50 && gone.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(gone.get()).isNull();
  }

  private ClassLoader useALoader() throws IOException {
    there.forEach(this::give);
    ClassLoader used = new Resources();
    Passing passing = Objects.requireNonNull(hierarchy.pass(used, file(Derived.class)));
    assertThat(hierarchy.hasAbove(used, passing.type())).isTrue();
    return used;
  }

  private Passing pass(Class<?> type) throws IOException {
    return Objects.requireNonNull(hierarchy.pass(loader, file(type)));
  }

  private void give(Class<?> type) {
    try {
      files.put(type.getName().replace('.', '/') + ".class", file(type));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] file(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream stream = ClassLoader.getSystemResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }

  private final class Resources extends ClassLoader {
    Resources() {
      super(null);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      asked.add(name);
      byte[] file = files.get(name);
      return file == null ? null : new ByteArrayInputStream(file);
    }
  }
}
