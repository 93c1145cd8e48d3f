package dev.tollgate.agent.cli.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP API with a quota, on the loopback interface and a free port. It answers as GitHub does:
 * {@code X-RateLimit-…} headers always, and beyond the quota 429 with {@code Retry-After}.
 */
final class QuotaServer implements AutoCloseable {
  static final int OK = 200;
  static final int TOO_MANY_REQUESTS = 429;

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final FixedWindow window;
  private final int quota;
  private final Ticker ticker;
  private Tally tally = Tally.NONE;
  private long firstRequest;
  private long lastRequest;

  private QuotaServer(HttpServer server, FixedWindow window, int quota, Ticker ticker) {
    this.server = server;
    this.window = window;
    this.quota = quota;
    this.ticker = ticker;
  }

  /** Answers {@code quota} calls in each {@code window}, which begins with its first call. */
  static QuotaServer start(int quota, Duration window, Ticker ticker) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    QuotaServer server =
        new QuotaServer(http, new FixedWindow(quota, window, ticker), quota, ticker);
    http.createContext("/", server::handle);
    http.setExecutor(server.handlers);
    http.start();
    return server;
  }

  URI uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    try {
      return new URI("http", null, host, address.getPort(), "/issues", null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answers given so far. */
  synchronized Tally tally() {
    return tally;
  }

  /** From the first request to the last. */
  synchronized Duration elapsed() {
    return Duration.ofNanos(lastRequest - firstRequest);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      FixedWindow.Answer answer = count();
      Headers headers = exchange.getResponseHeaders();
      Instant reset = Instant.now().plus(answer.untilReset());
      headers.set("X-RateLimit-Limit", Integer.toString(quota));
      headers.set("X-RateLimit-Remaining", Integer.toString(answer.remaining()));
      headers.set("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
      if (!answer.allowed()) {
        headers.set("Retry-After", Long.toString(secondsRoundedUp(answer.untilReset())));
      }
      exchange.sendResponseHeaders(answer.allowed() ? OK : TOO_MANY_REQUESTS, -1);
    }
  }

  /** Counted before it is answered, or the client could know of an answer that isn't counted. */
  private synchronized FixedWindow.Answer count() {
    long now = ticker.nanos();
    if (tally.calls() == 0) {
      firstRequest = now;
    }
    lastRequest = now;
    FixedWindow.Answer answer = window.call();
    tally = answer.allowed() ? tally.plusOk() : tally.plusRefused();
    return answer;
  }

  private static long secondsRoundedUp(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }

  @Override
  public void close() {
    server.stop(0);
    handlers.shutdownNow();
  }
}
