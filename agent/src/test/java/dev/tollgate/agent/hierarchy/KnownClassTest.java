package dev.tollgate.agent.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownClassTest {
  interface Face extends Callable<String>, javax.security.auth.callback.Callback {}

  static class Plain {}

  abstract static class Above extends AbstractList<String> implements Face {}

  abstract static class Below extends Above implements Runnable, AutoCloseable, Face {}

  @ParameterizedTest
  @ValueSource(classes = {Face.class, Plain.class, Above.class, Below.class})
  void aLoadedClassSaysTheSameAsItsBytes(Class<?> type) throws IOException {
    for (boolean withJdk : new boolean[] {true, false}) {
      byte[] file = file(type);
      KnownClass ofBytes = KnownClass.of(ClassHeader.read(file, withJdk), false, file);
      KnownClass ofClass = KnownClass.of(type, withJdk);

      assertThat(ofClass.name()).isEqualTo(ofBytes.name());
      assertThat(ofClass.supertypes()).isEqualTo(ofBytes.supertypes());
      assertThat(ofClass.saysTheSameAs(ofBytes)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 2", "false, 1"})
  void supertypesOfTheJdkAreThereIfRulesMayNameThem(boolean withJdk, int expected) {
    abstract class Reading extends Above implements javax.security.auth.callback.Callback {}
    assertThat(KnownClass.of(Reading.class, withJdk).supertypes()).hasSize(expected);
  }

  private static byte[] file(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream stream = type.getClassLoader().getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }
}
