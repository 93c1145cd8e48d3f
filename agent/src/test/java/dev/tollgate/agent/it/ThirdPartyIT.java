package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** An HTTP client from Maven Central, as it is, limited by nothing but a rule. */
@OnEachJdk
class ThirdPartyIT {
  private static final String PROGRAM =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetAddress;
      import java.net.InetSocketAddress;
      import java.util.concurrent.RejectedExecutionException;
      import okhttp3.OkHttpClient;
      import okhttp3.Request;
      import okhttp3.Response;

      class Caller {
        public static void main(String[] args) throws Exception {
          int[] seen = new int[1];
          HttpServer server =
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
          server.createContext(
              "/",
              exchange -> {
                seen[0]++;
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
              });
          server.start();
          OkHttpClient client = new OkHttpClient();
          Request request =
              new Request.Builder()
                  .url("http://localhost:" + server.getAddress().getPort() + "/")
                  .build();
          for (int i = 0; i < 5; i++) {
            try (Response response = client.newCall(request).execute()) {
              System.out.println(response.code());
            } catch (RejectedExecutionException e) {
              System.out.println("refused");
            }
          }
          System.out.println("the server saw " + seen[0]);
          System.exit(0);
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void isLimitedByARuleAlone() throws Exception {
    Path[] libraries = {
      Artifacts.locationOf(OkHttpClient.class),
      Artifacts.locationOf(Okio.class),
      Artifacts.locationOf(Class.forName("kotlin.Unit"))
    };
    Path classes = Programs.compile(List.of("--class-path", Programs.path(libraries)), PROGRAM);
    Path rules = rules();
    JvmResult result =
        Jvm.on(jdk)
            .agent("config=" + rules)
            .classPath(classes, libraries[0], libraries[1], libraries[2])
            .main("Caller")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("200", "200", "200", "refused", "refused", "the server saw 3");
  }

  private Path rules() throws IOException {
    return Files.writeString(
        folder.resolve("rules.conf"),
        """
        tollgate {
          limiters.outside { permits = 3, period = 1h, timeout = 0 }
          rules = [ { method = "okhttp3.Call#execute", limiter = outside } ]
        }
        """);
  }
}
