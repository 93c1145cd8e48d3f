package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Kotlin, as its own compiler compiles it. */
@OnEachJdk
class KotlinIT {
  private static final String PROGRAM =
      """
      package app

      import dev.tollgate.RateLimited
      import dev.tollgate.Weight
      import dev.tollgate.limiter.RateLimiters
      import kotlin.coroutines.Continuation
      import kotlin.coroutines.EmptyCoroutineContext
      import kotlin.coroutines.resume
      import kotlin.coroutines.startCoroutine
      import kotlin.coroutines.suspendCoroutine

      @RateLimited("count")
      class Type {
          fun outer(n: Int = 1): Int = inner(n)
          fun inner(n: Int): Int = n + 1
      }

      object Single {
          @JvmStatic
          @RateLimited("count")
          fun companion() = 1
      }

      @RateLimited("count")
      fun topLevel(): String = "top"

      @RateLimited("count")
      fun Int.extension(): Int = this + 1

      @RateLimited("count")
      suspend fun suspended(): Int {
          suspendCoroutine<Unit> { it.resume(Unit) }
          return 1
      }

      class Overloads @JvmOverloads @RateLimited("count") constructor(
          @Weight val weight: Int = 1, val other: String = "") {
          @JvmOverloads
          @RateLimited("count")
          fun filled(@Weight weight: Int = 1, left: Int = 0): Int =
              if (left == 0) weight else filled(left = left - 1)

          companion object {
              @JvmStatic
              @RateLimited("count")
              fun made() = 1
          }
      }

      class NoArguments @RateLimited("count") constructor(val a: Int = 1)

      class ByHand @RateLimited("count") constructor(val a: Int, val b: Int = 1) {
          @RateLimited("count")
          constructor() : this(1)
      }

      interface Client {
          @RateLimited("count")
          fun get(): Int = 1

          @RateLimited("count")
          fun send(text: String): String
      }

      class Direct : Client {
          override fun send(text: String) = text
      }

      class Delegating(private val to: Client) : Client by to

      class DelegatingUnnamed(to: Client) : Client by to

      class Repeating(private val to: Client) : Client {
          override fun get() = to.get()

          @RateLimited("count")
          override fun send(text: String) = to.send(text)
      }

      @JvmInline
      value class Id(val text: String)

      class OfValue {
          @RateLimited("count")
          fun send(id: Id): Int = id.text.length
      }

      @JvmInline
      value class Wrapped(val text: String) : Client {
          @RateLimited("count")
          override fun send(text: String): String = this.text + text

          @RateLimited("count")
          fun plain(): Int = text.length
      }

      class Written {
          @RateLimited("count")
          fun send(): Int =
              send(1)

          @RateLimited("count")
          fun send(a: Int, b: Int = 2): Int =
              a + b
      }

      object Companion {
          @JvmStatic
          @RateLimited("count")
          fun twice(n: Int): Int =
              twice(n, 2)

          @JvmStatic
          @RateLimited("count")
          fun twice(n: Int, m: Int): Int = n * m
      }

      @RateLimited("count")
      data class Data(
          val a: Int,
          val b: String) {
          fun send() = a
      }

      @RateLimited("count")
      data class DataByHand(
          val a: Int) {
          override fun toString() =
              "by hand"
      }

      fun charges(what: String, body: () -> Unit) {
          val before = RateLimiters.get("count").stats().admittedRequests()
          body()
          val after = RateLimiters.get("count").stats().admittedRequests()
          println("$what ${after - before}")
      }

      fun main() {
          charges("function") { topLevel() }
          charges("extension") { 1.extension() }
          charges("object") { Single.companion() }
          charges("type") { Type().outer() }
          val overloads = Overloads::class.java
          charges("overload") { overloads.getMethod("filled").invoke(Overloads()) }
          charges("overload with one argument") {
              overloads.getMethod("filled", Int::class.java).invoke(Overloads(), 5)
          }
          charges("recursive") { Overloads().filled(1, 2) }
          charges("constructor") { overloads.getConstructor().newInstance() }
          charges("constructor without arguments") {
              NoArguments::class.java.getConstructor().newInstance()
          }
          charges("two constructors") { ByHand() }
          charges("companion") { overloads.getMethod("made").invoke(null) }
          charges("interface's body") { Direct().get() }
          charges("delegate") { Delegating(Direct()).send("") }
          charges("delegate, unnamed") { DelegatingUnnamed(Direct()).send("") }
          charges("annotated again") { Repeating(Direct()).send("") }
          charges("value class as argument") { OfValue().send(Id("")) }
          charges("value class") { Wrapped("a").plain() }
          val boxed: Client = Wrapped("a")
          charges("value class, boxed") { boxed.send("") }
          charges("value class, interface's body") { boxed.get() }
          charges("value class, interface's body, unboxed") { Wrapped("a").get() }
          charges("written twice") { Written().send() }
          charges("written twice, static") { Companion.twice(1) }
          val data = Data(1, "")
          charges("data class") { data.send() }
          charges("data class in a set") { setOf(data, Data(2, "")).contains(data); "$data" }
          val byHand = DataByHand(1)
          charges("data class, by hand") { byHand.toString(); byHand.hashCode() }
          charges("suspend") {
              ::suspended.startCoroutine(Continuation(EmptyCoroutineContext) { it.getOrThrow() })
          }
          readLine()
      }
      """;
  private static final Path LIBRARY = Artifacts.library("kotlin-stdlib");

  private static boolean compiled;

  @Parameter Jdk jdk;

  @Test
  void functionsAreLimitedAndSuspendFunctionsAreReported() throws Exception {
    Path classes = compile();
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("limiters.count.permits=1000000,limiters.count.period=1h")
            .classPath(classes, LIBRARY, Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
            .main("app.ProgramKt")
            .start()) {
      for (String charge :
          new String[] {
            "function 1",
            "extension 1",
            "object 1",
            "type 1",
            "overload 2",
            "overload with one argument 2",
            "recursive 4",
            "constructor 1",
            "constructor without arguments 1",
            "two constructors 2",
            "companion 1",
            "interface's body 1",
            "delegate 1",
            "delegate, unnamed 1",
            "annotated again 2",
            "value class as argument 1",
            "value class 1",
            "value class, boxed 1",
            "value class, interface's body 1",
            "value class, interface's body, unboxed 1",
            "written twice 2",
            "written twice, static 2",
            "data class 1",
            "data class in a set 0",
            "data class, by hand 1",
            "suspend 0"
          }) {
        assertThat(jvm.nextLine()).isEqualTo(charge);
      }
      try (Jmx jmx = Jmx.of(jvm)) {
        assertThat(jmx.table("Missed"))
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.get("method")).startsWith("suspended(");
                  assertThat(row.get("why")).contains("suspend");
                });
      }
      jvm.end().ok();
    }
  }

  /** Once for all JDKs: the compiler takes longer than everything else here. */
  private static Path compile() throws IOException {
    synchronized (LIBRARY) {
      Path classes = Artifacts.scratch("kotlin");
      if (compiled) {
        return classes;
      }
      Files.createDirectories(classes);
      Path source = Files.writeString(classes.resolve("Program.kt"), PROGRAM);
      Jvm.on(Jdks.all().get(0))
          .option("-Xmx512m")
          .classPath(
              Artifacts.library("kotlin-compiler-embeddable"),
              Artifacts.library("kotlin-script-runtime"),
              Artifacts.library("kotlinx-coroutines-core-jvm"),
              Artifacts.library("annotations"),
              LIBRARY)
          .main("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-stdlib", "-no-reflect")
          .main("-jvm-target", "17", "-d", classes.toString(), "-nowarn")
          .main("-cp", Programs.path(LIBRARY, Artifacts.ANNOTATIONS, Artifacts.RUNTIME))
          .main(source.toString())
          .run()
          .ok();
      compiled = true;
      return classes;
    }
  }
}
