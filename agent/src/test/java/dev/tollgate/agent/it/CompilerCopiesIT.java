package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * Copies of an annotated method that the compilers of Groovy and Scala and the generators of mocks
 * make, as they are: what is written once takes once. {@link KotlinIT} has those of Kotlin.
 */
@OnEachJdk
class CompilerCopiesIT {
  private static final String GROOVY =
      """
      package app

      import dev.tollgate.RateLimited
      import dev.tollgate.limiter.RateLimiters
      import groovy.transform.CompileStatic
      import groovy.transform.Memoized
      import groovy.transform.Synchronized

      class Defaults {
        @RateLimited("count")
        int send(int a, int b = 2, int c = 3) { a + b + c }
      }

      @CompileStatic
      class StaticDefaults {
        @RateLimited("count")
        static int send(int a, int b = 2) { a + b }
      }

      class MadeWithDefaults {
        @RateLimited("count")
        MadeWithDefaults(int a, int b = 2) { }
      }

      trait Sending {
        @RateLimited("count")
        int send() { 1 }
      }

      class Mixed implements Sending { }

      class MixedOver implements Sending {
        int send() { Sending.super.send() + 1 }
      }

      class Remembering {
        @Memoized
        @RateLimited("count")
        int send(int a) { a }
      }

      class Locking {
        @Synchronized
        @RateLimited("count")
        int send(int a) { a }
      }

      class Target {
        @RateLimited("count")
        int send() { 5 }
      }

      class Delegating {
        @Delegate(methodAnnotations = true)
        Target to = new Target()
      }

      class ByHand {
        @RateLimited("count")
        int send(int a) {
          send(a, 2)
        }

        @RateLimited("count")
        int send(int a, int b) {
          a + b
        }
      }

      class Program {
        static void charges(String what, Runnable body) {
          long before = RateLimiters.get("count").stats().admittedRequests()
          body.run()
          println(what + " " + (RateLimiters.get("count").stats().admittedRequests() - before))
        }

        static void main(String[] arguments) {
          charges("all arguments") { new Defaults().send(1, 2, 3) }
          charges("one default") { new Defaults().send(1, 2) }
          charges("two defaults") { new Defaults().send(1) }
          charges("static default") { StaticDefaults.send(1) }
          charges("constructor") { new MadeWithDefaults(1) }
          charges("trait") { new Mixed().send() }
          charges("trait, overridden") { new MixedOver().send() }
          Remembering remembering = new Remembering()
          charges("memoized") { remembering.send(1) }
          charges("memoized, again") { remembering.send(1) }
          charges("synchronized") { new Locking().send(1) }
          charges("delegate") { new Delegating().send() }
          charges("written twice") { new ByHand().send(1) }
        }
      }
      """;
  private static final String SCALA =
      """
      package app

      import dev.tollgate.RateLimited
      import dev.tollgate.limiter.RateLimiters

      trait Sending {
        @RateLimited("count")
        def send(a: Int): Int = a

        @RateLimited("count")
        def filled(a: Int, b: Int = 2): Int = a + b
      }

      class Mixed extends Sending

      class MixedOver extends Sending {
        override def send(a: Int): Int = super.send(a) + 1
      }

      object Single {
        @RateLimited("count")
        def send(a: Int): Int = a
      }

      class Companion {
        def other = 1
      }

      object Companion {
        @RateLimited("count")
        def made(a: Int): Int = a
      }

      class Special[@specialized(Int) A] {
        @RateLimited("count")
        def send(a: A): A = a
      }

      class SpecialMethod {
        @RateLimited("count")
        def send[@specialized(Int) A](a: A): A = a
      }

      class Wrapped(val v: Int) extends AnyVal {
        @RateLimited("count")
        def send(): Int = v + 1
      }

      @RateLimited("count")
      case class Case(a: Int) {
        def send(): Int = a
      }

      class ByHand {
        @RateLimited("count")
        def send(a: Int): Int =
          send(a, 2)

        @RateLimited("count")
        def send(a: Int, b: Int): Int =
          a + b
      }

      object Program {
        def charges(what: String)(body: => Any): Unit = {
          val before = RateLimiters.get("count").stats().admittedRequests()
          body
          println(what + " " + (RateLimiters.get("count").stats().admittedRequests() - before))
        }

        def main(arguments: Array[String]): Unit = {
          charges("mixed in") { new Mixed().send(1) }
          charges("mixed in, default") { new Mixed().filled(1) }
          charges("mixed in, overridden") { new MixedOver().send(1) }
          charges("object") { Single.send(1) }
          charges("object's static") {
            Class.forName("app.Single").getMethod("send", classOf[Int]).invoke(null, 1)
          }
          charges("companion's static") {
            Class.forName("app.Companion").getMethod("made", classOf[Int]).invoke(null, 1)
          }
          charges("specialized") { new Special[Int]().send(1) }
          val special: Special[Int] = new Special[Int]()
          charges("specialized, generic call") { generic(special, 1) }
          charges("not specialized") { new Special[String]().send("") }
          charges("specialized method") { new SpecialMethod().send(1) }
          charges("value class") { new Wrapped(1).send() }
          charges("case class") { Case(1).send() }
          val one = Case(1)
          charges("case class in a set") { Set[Any](one, Case(2)).contains(one); one.toString }
          charges("written twice") { new ByHand().send(1) }
        }

        def generic[A](special: Special[A], a: A): A = special.send(a)
      }
      """;
  private static final String MOCKS =
      """
      import static org.mockito.Mockito.CALLS_REAL_METHODS;
      import static org.mockito.Mockito.mock;
      import static org.mockito.Mockito.withSettings;

      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import net.bytebuddy.ByteBuddy;
      import net.bytebuddy.implementation.MethodDelegation;
      import net.bytebuddy.implementation.SuperMethodCall;
      import net.bytebuddy.matcher.ElementMatchers;
      import org.mockito.MockMakers;

      public class Mocks {
        public static class Target {
          @RateLimited("count")
          public int send(int n) {
            return n;
          }
        }

        public static class Own extends Target {
          @Override
          @RateLimited("count")
          public int send(int n) {
            return super.send(n);
          }
        }

        public static void main(String[] args) throws Exception {
          Target inline = mock(
              Target.class,
              withSettings().mockMaker(MockMakers.INLINE).defaultAnswer(CALLS_REAL_METHODS));
          charges("inline", () -> inline.send(1));
          Target subclass = mock(
              Target.class,
              withSettings().mockMaker(MockMakers.SUBCLASS).defaultAnswer(CALLS_REAL_METHODS));
          if (subclass.getClass().getMethod("send", int.class).getAnnotations().length != 1) {
            throw new AssertionError("no copy");
          }
          charges("subclass", () -> subclass.send(1));
          Target made = new ByteBuddy()
              .subclass(Target.class)
              .method(ElementMatchers.named("send"))
              .intercept(SuperMethodCall.INSTANCE)
              .attribute(net.bytebuddy.implementation.attribute.MethodAttributeAppender
                  .ForInstrumentedMethod.INCLUDING_RECEIVER)
              .make()
              .load(Mocks.class.getClassLoader())
              .getLoaded()
              .getConstructor()
              .newInstance();
          charges("Byte Buddy", () -> made.send(1));
          charges("written twice", () -> new Own().send(1));
        }

        private static void charges(String what, Runnable body) {
          long before = RateLimiters.get("count").stats().admittedRequests();
          body.run();
          System.out.println(
              what + " " + (RateLimiters.get("count").stats().admittedRequests() - before));
        }
      }
      """;
  private static final String LIMITER = "limiters.count.permits=1000000,limiters.count.period=1h";
  private static final Path GROOVY_LIBRARY = Artifacts.library("groovy");
  private static final Path SCALA_LIBRARY = Artifacts.library("scala-library");

  /** By language, compiled once for all JDKs. */
  private static final Map<String, Path> COMPILED = new ConcurrentHashMap<>();

  @Parameter Jdk jdk;

  @Test
  void groovysTakeOnePermit() {
    Path classes = COMPILED.computeIfAbsent("groovy", language -> compileGroovy());

    JvmResult result = run(classes, "app.Program", GROOVY_LIBRARY);

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "all arguments 1",
            "one default 1",
            "two defaults 1",
            "static default 1",
            "constructor 1",
            "trait 1",
            "trait, overridden 1",
            "memoized 1",
            "memoized, again 0",
            "synchronized 1",
            "delegate 1",
            "written twice 2");
  }

  @Test
  void scalasTakeOnePermit() {
    Path classes = COMPILED.computeIfAbsent("scala", language -> compileScala());

    JvmResult result = run(classes, "app.Program", SCALA_LIBRARY);

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "mixed in 1",
            "mixed in, default 1",
            "mixed in, overridden 1",
            "object 1",
            "object's static 1",
            "companion's static 1",
            "specialized 1",
            "specialized, generic call 1",
            "not specialized 1",
            "specialized method 1",
            "value class 1",
            "case class 1",
            "case class in a set 0",
            "written twice 2");
  }

  @Test
  void mocksAndGeneratedSubclassesTakeOnePermit() {
    Path[] libraries = {
      Artifacts.library("mockito-core"),
      Artifacts.library("byte-buddy"),
      Artifacts.library("byte-buddy-agent"),
      Artifacts.library("objenesis")
    };
    Path classes =
        Programs.compile(
            List.of(
                "--class-path",
                Programs.path(
                    libraries[0], libraries[1], Artifacts.ANNOTATIONS, Artifacts.RUNTIME)),
            MOCKS);

    JvmResult result = run(classes, "Mocks", libraries);

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("inline 1", "subclass 1", "Byte Buddy 1", "written twice 2");
  }

  private JvmResult run(Path classes, String main, Path... libraries) {
    Path[] path = new Path[libraries.length + 3];
    System.arraycopy(libraries, 0, path, 0, libraries.length);
    path[libraries.length] = classes;
    path[libraries.length + 1] = Artifacts.ANNOTATIONS;
    path[libraries.length + 2] = Artifacts.RUNTIME;
    return Jvm.on(jdk)
        .agent(LIMITER)
        .option(jdk.feature() < 21 ? "-Xshare:auto" : "-XX:+EnableDynamicAgentLoading")
        .classPath(path)
        .main(main)
        .run()
        .ok();
  }

  private static Path compileGroovy() {
    Path source = source("groovy", "Program.groovy", GROOVY);
    compiler(GROOVY_LIBRARY, Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
        .main("org.codehaus.groovy.tools.FileSystemCompiler")
        .main("-d", source.getParent().toString(), source.toString())
        .run()
        .ok();
    return source.getParent();
  }

  private static Path compileScala() {
    Path source = source("scala", "Program.scala", SCALA);
    compiler(Artifacts.library("scala-compiler"), Artifacts.library("scala-reflect"), SCALA_LIBRARY)
        .main("scala.tools.nsc.Main", "-nowarn")
        .main("-cp", Programs.path(SCALA_LIBRARY, Artifacts.ANNOTATIONS, Artifacts.RUNTIME))
        .main("-d", source.getParent().toString(), source.toString())
        .run()
        .ok();
    return source.getParent();
  }

  private static Jvm compiler(Path... path) {
    return Jvm.on(Jdks.all().get(0)).option("-Xmx512m", "-Xss4m").classPath(path);
  }

  private static Path source(String folder, String name, String text) {
    try {
      Path classes = Artifacts.scratch(folder);
      Files.createDirectories(classes);
      return Files.writeString(classes.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
