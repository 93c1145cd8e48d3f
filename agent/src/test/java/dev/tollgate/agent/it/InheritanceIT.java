package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Annotations of interfaces and superclasses, wherever these come from. */
@OnEachJdk
class InheritanceIT {
  private static final String API =
      """
      package api;

      import dev.tollgate.RateLimited;

      public interface Api<T> extends java.util.concurrent.Callable<T> {
        @Override
        @RateLimited("count")
        T call();
      }
      """;
  private static final String CODE =
      """
      package code;

      public class Code implements api.Api<String> {
        @Override
        public String call() {
          return "called";
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void reachAcrossJarsAndLoaders() throws Exception {
    Path api = Programs.compile(API);
    Path code =
        Programs.compile(List.of("--class-path", Programs.path(Artifacts.ANNOTATIONS, api)), CODE);
    Path main = Programs.compile(Programs.source("Tally.java"), Programs.source("Apart.java"));
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("")
            .program(main)
            .main("Apart", api.toString(), code.toString())
            .start()) {
      for (String line = jvm.nextLine(); !line.equals("ready"); line = jvm.nextLine()) {
        assertThat(line).startsWith("right: ");
      }
      try (Jmx jmx = Jmx.of(jvm)) {
        assertThat(jmx.table("Woven"))
            .hasSize(5)
            .allSatisfy(
                row -> {
                  assertThat(row.get("class")).isEqualTo("code.Code");
                  assertThat(row.get("note"))
                      .isEqualTo("by the annotation of api.Api.call(); charged once an entry");
                });
        assertThat(jmx.table("Missed"))
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.get("class")).isEqualTo("api.Api");
                  assertThat(row.get("why"))
                      .contains("didn't give its bytes")
                      .as("what would be right")
                      .contains("getResource")
                      .contains("annotated");
                });
      }
    }
  }

  @Test
  void whatTheyCannotReachIsMissedWhereItIs() throws Exception {
    Path classes = Programs.compile(Programs.source("InheritsNot.java"));
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("limiters.count.permits=100,limiters.count.period=1h")
            .program(classes)
            .main("InheritsNot")
            .start()) {
      assertThat(jvm.nextLine()).isEqualTo("ready");
      try (Jmx jmx = Jmx.of(jvm)) {
        assertThat(jmx.table("Missed"))
            .extracting(row -> row.get("class") + "." + row.get("method"))
            .containsExactlyInAnyOrder(
                "InheritsNot.lambda()",
                "InheritsNot.reference()",
                "InheritsNot$Joined.act()",
                "InheritsNot$Native.act()");
        assertThat(jmx.table("Missed"))
            .filteredOn(row -> row.get("class").endsWith("Joined"))
            .extracting(row -> row.get("why"))
            .containsExactly(
                "it is limited by the annotation of InheritsNot$Action.act(), but implemented by"
                    + " InheritsNot$Unknowing, which knows nothing of that: override it here, or"
                    + " annotate it there");
        assertThat(jmx.table("Woven"))
            .extracting(row -> row.get("class"))
            .containsExactly("InheritsNot$Knowing");
      }
    }
  }

  @Test
  void reachWhatWasLoadedBeforeTheAgent() throws Exception {
    Path classes = Programs.compile(Programs.source("InheritsNot.java"));
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .option("-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true")
            .program(classes)
            .main("InheritsNot")
            .start()) {
      assertThat(jvm.nextLine()).isEqualTo("ready");
      com.sun.tools.attach.VirtualMachine attached =
          com.sun.tools.attach.VirtualMachine.attach(jvm.pid());
      try {
        attached.loadAgent(
            Artifacts.AGENT.toString(), "limiters.count.permits=9,limiters.count.period=1h");
      } finally {
        attached.detach();
      }
      try (Jmx jmx = Jmx.of(jvm)) {
        List<Map<String, String>> woven = jmx.table("Woven");
        assertThat(woven)
            .extracting(row -> row.get("class"))
            .containsExactly("InheritsNot$Knowing");
      }
    }
  }
}
