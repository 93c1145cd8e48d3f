package dev.tollgate.agent.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaServerTest {
  private final ManualTicker ticker = new ManualTicker();
  private final HttpClient http = HttpClient.newHttpClient();
  private QuotaServer server;

  @BeforeEach
  void start() throws IOException {
    server = QuotaServer.start(2, Duration.ofMillis(4_500), ticker);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() throws IOException {
    assertThat(InetAddress.getByName(server.uri().getHost()).isLoopbackAddress()).isTrue();
  }

  @Test
  void saysHowMuchIsLeft() throws Exception {
    Instant before = Instant.now();
    HttpResponse<String> response = get();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "X-RateLimit-Limit")).isEqualTo("2");
    assertThat(header(response, "X-RateLimit-Remaining")).isEqualTo("1");
    assertThat(Long.parseLong(header(response, "X-RateLimit-Reset")))
        .isBetween(
            before.plusMillis(4_500).getEpochSecond(),
            Instant.now().plusMillis(4_500).getEpochSecond());
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void refusesBeyondTheQuotaUntilTheWindowEnds() throws Exception {
    get();
    get();
    ticker.advance(Duration.ofSeconds(1));
    HttpResponse<String> refused = get();

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "X-RateLimit-Remaining")).isEqualTo("0");
    // 3.5 s are left; who waits for less than that is refused again.
    assertThat(header(refused, "Retry-After")).isEqualTo("4");

    ticker.advance(Duration.ofSeconds(4));
    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void countsWhatItAnswers() throws Exception {
    ticker.set(12_345);
    for (int i = 0; i < 5; i++) {
      get();
      ticker.advance(Duration.ofMillis(10));
    }

    assertThat(server.tally()).isEqualTo(new Tally(2, 3));
    assertThat(server.elapsed()).isEqualTo(Duration.ofMillis(40));
  }

  private HttpResponse<String> get() throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
