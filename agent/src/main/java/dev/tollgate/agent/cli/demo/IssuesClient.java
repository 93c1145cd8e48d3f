package dev.tollgate.agent.cli.demo;

import dev.tollgate.RateLimited;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The demo's client, a program like any other: several threads that call an HTTP API as fast as
 * they can. It knows nothing of quotas; all that it has to do with Tollgate is the annotation.
 */
public final class IssuesClient {
  private final HttpClient http = HttpClient.newHttpClient();

  private IssuesClient() {}

  @RateLimited(Scenario.LIMITER)
  private int get(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  /**
   * Prints the status of each call.
   *
   * @param arguments the URI, how many calls, from how many threads
   */
  public static void main(String[] arguments) throws Exception {
    URI uri = URI.create(arguments[0]);
    int calls = Integer.parseInt(arguments[1]);
    ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
    IssuesClient client = new IssuesClient();

    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      results.add(
          threads.submit(
              () -> {
                System.out.println(client.get(uri));
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> result : results) {
      result.get();
    }
    // Stays until standard input ends: the demo has a look at the limiter first.
    System.in.read();
  }
}
