package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Rules limit code that carries no annotation. */
@OnEachJdk
class RulesIT {
  private static final String RULES =
      """
      tollgate.rules = [
        { method = "Ruled.Client#send", limiter = count }
        { method = "Ruled.Client#only(byte[],Map.Entry)", limiter = count }
        { method = "Ruled$Constructed#<init>", limiter = count }
        { method = "Ruled.Port#call", limiter = count }
        { method = "Ruled.Service+#run*", limiter = count }
        { method = "Ruled.Star*#h*", limiter = count }
        { method = "Ruled.TwoRules#both", limiter = count }
        { method = "Ruled.TwoRules#both", limiter = other }
        { method = "Ruled.TwoRules#*", limiter = count }
        { method = "Ruled.Annotated#own", limiter = count }
        { method = "Ruled.Client#sned", limiter = count }
      ]
      """;

  private static final String HTTP =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetAddress;
      import java.net.InetSocketAddress;
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpResponse.BodyHandlers;
      import java.util.concurrent.CompletionException;
      import java.util.concurrent.RejectedExecutionException;

      class Http {
        public static void main(String[] args) throws Exception {
          HttpServer server =
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
          server.createContext(
              "/",
              exchange -> {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'o', 'k'});
                exchange.close();
              });
          server.start();
          HttpClient client = HttpClient.newHttpClient();
          HttpRequest request =
              HttpRequest.newBuilder(
                      URI.create("http://localhost:" + server.getAddress().getPort() + "/"))
                  .build();
          for (int i = 0; i < 5; i++) {
            try {
              System.out.println(client.send(request, BodyHandlers.ofString()).body());
            } catch (RejectedExecutionException e) {
              System.out.println("refused");
            }
          }
          for (int i = 0; i < 3; i++) {
            try {
              System.out.println(
                  "later " + client.sendAsync(request, BodyHandlers.ofString()).join().body());
            } catch (RejectedExecutionException | CompletionException e) {
              System.out.println("later refused");
            }
          }
          System.exit(0);
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void chargeAsTheySay() throws Exception {
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("config=" + file(RULES))
            .option("-Xverify:all")
            .program(Programs.compile(Programs.source("Tally.java"), Programs.source("Ruled.java")))
            .main("Ruled")
            .start()) {
      int right = 0;
      for (String line = jvm.nextLine(); !line.equals("ready"); line = jvm.nextLine()) {
        assertThat(line).startsWith("right: ");
        right++;
      }
      assertThat(right).isGreaterThan(15);
      try (Jmx jmx = Jmx.of(jvm)) {
        assertThat(jmx.table("Missed"))
            .filteredOn(row -> row.get("class").isEmpty())
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.get("method")).isEqualTo("Ruled.Client#sned");
                  assertThat(row.get("why"))
                      .contains("rules.conf:12", "no method was loaded so far");
                });
        assertThat(jmx.table("Missed"))
            .as("a lambda")
            .anyMatch(row -> row.get("why").contains("by rule Ruled.Port#call"));
        assertThat(jmx.table("Woven"))
            .filteredOn(row -> row.get("class").equals("Ruled$Adapter"))
            .singleElement()
            .satisfies(
                row ->
                    assertThat(row.get("note"))
                        .isEqualTo("by rule Ruled.Port#call; charged once an entry"));
      }
      assertThat(jvm.err())
          .as("nothing has gone wrong with a class that may come yet")
          .noneMatch(line -> line.contains("sned"));
    }
  }

  @Test
  void aRuleThatMatchesNothingYetStopsNoStart() throws IOException {
    Path classes =
        Programs.compile(
            "class Idle { public static void main(String[] args) { System.out.println(1); } }");
    Path rules = file("tollgate.rules = [ { method = \"no.Such#thing\", limiter = github_api } ]");
    JvmResult result =
        Jvm.on(jdk)
            .agent("on-missed=fail,quiet=true,config=" + rules)
            .program(classes)
            .main("Idle")
            .run()
            .ok();

    assertThat(result.out()).containsExactly("1");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void theJdksHttpClientIsLimitedOnceACall() throws IOException {
    Path rules =
        file(
            """
            tollgate {
              limiters.http { permits = 3, period = 1h, timeout = 0 }
              limiters.later { permits = 2, period = 1h, timeout = 0 }
              rules = [
                { method = "java.net.http.HttpClient#send", limiter = http }
                { method = "java.net.http.HttpClient#sendAsync", limiter = later }
              ]
            }
            """);
    JvmResult result =
        Jvm.on(jdk)
            .agent("config=" + rules)
            .program(Programs.compile(HTTP))
            .main("Http")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "ok", "ok", "ok", "refused", "refused", "later ok", "later ok", "later refused");
  }

  @Test
  void whatTheJvmRunsOnIsRefusedBeforeTheProgramStarts() throws IOException {
    Path classes =
        Programs.compile(
            "class Idle { public static void main(String[] args) { System.out.println(1); } }");
    Path rules =
        file(
            """
            tollgate.rules = [
              { method = "java.util.concurrent.Executor+#execute", limiter = github_api }
            ]
            """);
    JvmResult result = Jvm.on(jdk).agent("config=" + rules).program(classes).main("Idle").run();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "tollgate: "
                + rules
                + ":2: tollgate.rules[0].method is java.util.concurrent.Executor+#execute; the JVM"
                + " and Tollgate run on java.util.concurrent, which can't be limited; name a method"
                + " that calls it");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rules.conf"), text);
  }
}
