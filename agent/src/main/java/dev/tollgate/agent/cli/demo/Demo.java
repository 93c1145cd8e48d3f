package dev.tollgate.agent.cli.demo;

import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs a client program against a server with a quota twice, in JVMs of its own: without the agent
 * and with it. Nothing else differs.
 */
public final class Demo {
  /** Whatever happens, the whole demo takes no longer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(28);

  private final Scenario scenario;
  private final Path agentJar;
  private final JvmReader reader;
  private final Progress progress;

  /**
   * @param agentJar the agent that the second run gets
   * @param reader asks the agent of the second run, while its JVM still lives
   */
  public Demo(Scenario scenario, Path agentJar, JvmReader reader, Progress progress) {
    this.scenario = scenario;
    this.agentJar = agentJar;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Both runs, one after the other, each with a server that nobody has called yet.
   *
   * @throws ClientFailedException if a client ends early, with an error or not at all
   * @throws IOException if a server or a JVM can't be started
   * @throws InterruptedException if the thread is interrupted; the client's JVM is killed
   */
  public DemoResult run() throws ClientFailedException, IOException, InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try (Workspace workspace = Workspace.create(scenario, agentJar)) {
      RunResult without = run(Run.WITHOUT_AGENT, workspace, deadline);
      RunResult with = run(Run.WITH_AGENT, workspace, deadline);
      return new DemoResult(scenario, without, with);
    }
  }

  private RunResult run(Run run, Workspace workspace, long deadline)
      throws ClientFailedException, IOException, InterruptedException {
    progress.started(run);
    try (QuotaServer server =
            QuotaServer.start(scenario.quota(), scenario.window(), Ticker.system());
        Client client =
            workspace.start(run, server.uri(), Duration.ofNanos(deadline - System.nanoTime()))) {
      Tally tally = Tally.NONE;
      while (tally.calls() < scenario.calls()) {
        tally = count(client, tally);
        progress.answered(tally);
      }
      Observation observation =
          run == Run.WITH_AGENT ? Observation.of(reader, client.pid()) : Observation.WITHOUT_AGENT;
      client.finish();
      return new RunResult(tally, server.tally(), server.elapsed(), observation);
    } finally {
      progress.finished();
    }
  }

  private static Tally count(Client client, Tally tally)
      throws ClientFailedException, InterruptedException {
    int status = client.nextStatus();
    return switch (status) {
      case QuotaServer.OK -> tally.plusOk();
      case QuotaServer.TOO_MANY_REQUESTS -> tally.plusRefused();
      default -> throw client.failure("got an answer with status " + status);
    };
  }
}
