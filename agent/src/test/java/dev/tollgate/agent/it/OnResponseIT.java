package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A real server that asks for pauses, and the JDK's own HTTP client. */
@OnEachJdk
class OnResponseIT {
  private static final String PROGRAM =
      """
      import com.sun.net.httpserver.HttpExchange;
      import com.sun.net.httpserver.HttpServer;
      import dev.tollgate.RateLimitExceededException;
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;
      import java.io.IOException;
      import java.net.HttpURLConnection;
      import java.net.InetAddress;
      import java.net.InetSocketAddress;
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpResponse;
      import java.net.http.HttpResponse.BodyHandlers;
      import java.time.Duration;
      import java.util.concurrent.Callable;
      import java.util.concurrent.TimeUnit;

      class Polite {
        static final HttpClient CLIENT = HttpClient.newHttpClient();
        static URI uri;
        static int requests;
        static long answered;
        static long waited;

        static void answer(HttpExchange exchange) throws IOException {
          try (exchange) {
            requests++;
            waited = System.nanoTime() - answered;
            var headers = exchange.getResponseHeaders();
            if (requests == 2) {
              headers.set("Retry-After", "1");
            } else if (requests == 3) {
              headers.set("X-RateLimit-Remaining", "0");
              headers.set("X-RateLimit-Reset",
                  Long.toString(System.currentTimeMillis() / 1000 + 3600));
            }
            answered = System.nanoTime();
            exchange.sendResponseHeaders(requests == 2 ? 429 : 200, -1);
          }
        }

        static HttpResponse<Void> send() throws Exception {
          return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
        }

        @RateLimited(value = "api", permits = 1000, period = "1s")
        static HttpResponse<Void> woven() throws Exception {
          return send();
        }

        public static void main(String[] args) throws Exception {
          HttpServer server =
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
          server.createContext("/", Polite::answer);
          server.start();
          uri = URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
              + server.getAddress().getPort() + "/");
          Callable<HttpResponse<Void>> call = Polite::woven;
          if (args[0].equals("by hand")) {
            RateLimiter api = RateLimiters.register("api",
                RateLimitConfig.of(1000, Duration.ofSeconds(1)));
            call = () -> api.call(Polite::send);
          }

          for (int i = 1; i <= 2; i++) {
            HttpResponse<Void> response = call.call();
            System.out.println(response.statusCode() + ", paused for "
                + RateLimiters.onResponse("api", response.headers().map()));
          }
          HttpResponse<Void> response = call.call();
          System.out.println(response.statusCode() + ", not before it was wanted: "
              + (waited >= TimeUnit.SECONDS.toNanos(1)));
          Duration pause =
              RateLimiters.onResponse(RateLimiters.get("api"), response.headers().map());
          System.out.println("for an hour: " + (pause.toMinutes() >= 59 && pause.toMinutes() <= 60));
          try {
            call.call();
          } catch (RateLimitExceededException e) {
            System.out.println("refused, retry after an hour: " + (e.retryAfter().toMinutes() >= 59)
                + ", requests: " + requests);
          }

          HttpURLConnection old = (HttpURLConnection) uri.toURL().openConnection();
          System.out.println(old.getResponseCode() + ", paused for "
              + RateLimiters.onResponse("api", old.getHeaderFields()));
          server.stop(0);
        }
      }
      """;
  private static final String[] POLITE = {
    "200, paused for PT0S",
    "429, paused for PT1S",
    "200, not before it was wanted: true",
    "for an hour: true",
    "refused, retry after an hour: true, requests: 3",
    "200, paused for PT0S"
  };

  @Parameter Jdk jdk;

  @Test
  void theServersPausesHoldForWovenCalls() {
    assertThat(jvm().agent("quiet=true").main("Polite", "woven").run().ok().out())
        .containsExactly(POLITE);
  }

  @Test
  void theServersPausesHoldByHandWithTheAgentAndWithout() {
    assertThat(jvm().agent("quiet=true").main("Polite", "by hand").run().ok().out())
        .containsExactly(POLITE);
    assertThat(jvm().main("Polite", "by hand").run().ok().out()).containsExactly(POLITE);
  }

  private Jvm jvm() {
    return Jvm.on(jdk).program(Programs.compile(PROGRAM));
  }
}
