package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.B#c | a.B | true",
        "a.B#c | a.Bb | false",
        "a.B#c | x.a.B | false",
        "B#c | B | true",
        "B#c | a.B | false",
        "a.B.C#c | a.B$C | true",
        "a.B$C#c | a.B$C | true",
        "a.*#c | a.B | true",
        "a.*#c | a.b.C | true",
        "a.*#c | ab.C | false",
        "a.*Client#c | a.b.HttpClient | true",
        "a.*Client#c | a.b.HttpClients | false",
        "*#c | any.Thing | true",
        "*.B#c | a.B | true",
        "a.*b*d#c | a.xbxbyd | true"
      })
  void findsTypes(String pattern, String type, boolean found) {
    assertThat(MethodPattern.parse(pattern).matchesType(type)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.B#send | send | ()V | true",
        "a.B#send | send | (I)V | true",
        "a.B#send | sendAll | ()V | false",
        "a.B#send* | sendAll | ()V | true",
        "a.B#* | send | ()V | true",
        "a.B#* | <init> | ()V | false",
        "a.B#* | <clinit> | ()V | false",
        "a.B#<init> | <init> | (J)V | true",
        "a.B#<init>(long) | <init> | (J)V | true",
        "a.B#<init>(int) | <init> | (J)V | false",
        "a.B#send() | send | ()V | true",
        "a.B#send() | send | (I)V | false",
        "a.B#send(int) | send | ()V | false",
        "a.B#send(int) | send | (II)V | false",
        "a.B#send( java.lang.String , int ) | send | (Ljava/lang/String;I)V | true",
        "a.B#send(String,int) | send | (Ljava/lang/String;I)V | true",
        "a.B#send(ring,int) | send | (Ljava/lang/String;I)V | false",
        "a.B#send(lang.String,int) | send | (Ljava/lang/String;I)V | true",
        "a.B#send(x.String,int) | send | (Ljava/lang/String;I)V | false",
        "a.B#send(Map.Entry) | send | (Ljava/util/Map$Entry;)V | true",
        "a.B#send(Entry) | send | (Ljava/util/Map$Entry;)V | true",
        "a.B#send(byte[],long) | send | ([BJ)V | true",
        "a.B#send(byte,long) | send | ([BJ)V | false",
        "a.B#send(String[][]) | send | ([[Ljava/lang/String;)V | true",
        "a.B#send(String...) | send | ([Ljava/lang/String;)V | true",
        "a.B#send(*,int) | send | (Ljava/lang/String;I)V | true",
        "a.B#send(*) | send | ([[Z)V | true",
        "a.B#send(boolean,char,short,float,double) | send | (ZCSFD)V | true"
      })
  void findsMethods(String pattern, String name, String descriptor, boolean found) {
    assertThat(MethodPattern.parse(pattern).matchesMethod(name, descriptor)).isEqualTo(found);
  }

  @Test
  void knowsWhichNamesANestedTypeMayHaveInClassFiles() {
    assertThat(MethodPattern.parse("a.b.C.D#m").internalNames())
        .containsExactly("a/b/C/D", "a/b/C$D", "a/b$C$D", "a$b$C$D");
    assertThat(MethodPattern.parse("C$D#m").internalNames()).containsExactly("C$D");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.B#c", "a.B+#c*", "a.B#<init>(int,*)", "a.*#c()", "a.B#c(byte[])"})
  void isWrittenAsItWasRead(String pattern) {
    assertThat(MethodPattern.parse(pattern)).hasToString(pattern);
    assertThat(MethodPattern.parse(" " + pattern.replace("#", " # ").replace(",", " , ")))
        .hasToString(pattern);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.B | a class, '#' and a method: com.example.Client#send",
        "#c | a class, '#' and a method: com.example.Client#send",
        "a.B# | a class, '#' and a method: com.example.Client#send",
        "a..B#c | a class, '#' and a method: com.example.Client#send",
        "a.B#c#d | a class, '#' and a method: com.example.Client#send",
        "a.B#c.d | a class, '#' and a method: com.example.Client#send",
        "a.+B#c | a class, '#' and a method: com.example.Client#send",
        "a.B#1 | a class, '#' and a method: com.example.Client#send",
        "a.B#<clinit> | a method, or <init> for the constructors",
        "a.B+#<init> | one class, whose constructors those of its subtypes call anyway:"
            + " com.example.Client#<init>",
        "a.*#<init> | one class, whose constructors those of its subtypes call anyway:"
            + " com.example.Client#<init>",
        "a.B#c(int | closed by a ')' after the parameters' types",
        "a.B#c(int,) | a list of types with commas between them: (java.lang.String,int[],*)",
        "a.B#c(List<String>) | parameter types without their type arguments: java.util.List"
      })
  void saysWhatWouldBeRight(String pattern, String expected) {
    assertThatThrownBy(() -> MethodPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is " + pattern + "; it must be " + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.String#length, java.lang",
    "java.lang.Thread.State#values, java.lang",
    "java.util.Map.Entry+#getKey, java.util",
    "java.io.InputStream#read, java.io",
    "java.util.concurrent.locks.Lock#lock, java.util.concurrent.locks",
    "java.time.Duration#plus, java.time",
    "java.net.URLConnection#connect, java.net",
    "jdk.internal.misc.Unsafe#park, jdk.internal.misc",
    "sun.misc.Unsafe#park, sun.misc",
    "java.lang.instrument.Instrumentation#addTransformer, java.lang.instrument",
    "javax.management.MBeanServer#getAttribute, javax.management",
    "java.util.logging.Logger#log, java.util.logging",
    "dev.tollgate.limiter.RateLimiter#acquire, dev.tollgate.limiter"
  })
  void refusesWhatPermitsAreTakenWith(String pattern, String refused) {
    assertThatThrownBy(() -> MethodPattern.parse(pattern))
        .hasMessage(
            "is "
                + pattern
                + "; the JVM and Tollgate run on "
                + refused
                + ", which can't be limited; name a method that calls it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.http.HttpClient#send",
        "java.sql.Statement+#execute*",
        "jdk.internal.net.http.HttpClientImpl#send",
        "com.sun.mail.Transport#send",
        "javax.jms.Session#send",
        "devs.Tool#run",
        "org.sun.A#b"
      })
  void takesTheRestOfTheJdk(String pattern) {
    assertThat(MethodPattern.parse(pattern)).hasToString(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.*#send", "java.net.http.*Client#send", "jdk.*#a", "sun.*#a"})
  void aStarStandsForNoClassOfTheJdk(String pattern) {
    assertThatThrownBy(() -> MethodPattern.parse(pattern))
        .hasMessage(
            "is "
                + pattern
                + "; '*' stands for no class of the JDK or of Tollgate; name the class");
  }
}
