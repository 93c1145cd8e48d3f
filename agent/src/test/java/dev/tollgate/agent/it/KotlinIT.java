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
          new String[] {"function 1", "extension 1", "object 1", "type 1", "suspend 0"}) {
        assertThat(jvm.nextLine()).isEqualTo(charge);
      }
      try (Jmx jmx = Jmx.of(jvm)) {
        assertThat(jmx.table("Missed"))
            .filteredOn(row -> row.get("method").startsWith("suspended("))
            .singleElement()
            .satisfies(row -> assertThat(row.get("why")).contains("suspend"));
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
