package dev.tollgate.agent.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoResultTest {
  private static final RunResult WITHOUT = run(new Tally(100, 50), new Tally(100, 50));
  private static final RunResult WITH = run(new Tally(150, 0), new Tally(150, 0));

  @Test
  void allIsWell() {
    assertThat(problems(WITHOUT, WITH)).isEmpty();
  }

  @Test
  void a429WithTheAgentIsAProblem() {
    RunResult with = run(new Tally(149, 1), new Tally(149, 1));

    assertThat(problems(WITHOUT, with))
        .containsExactly(
            "with the agent, 1 calls were answered 429",
            "with the agent, only 149 of 150 calls were answered 200");
  }

  @Test
  void no429WithoutTheAgentIsAProblem() {
    assertThat(problems(WITH, WITH))
        .containsExactly(
            "without the agent, no call was answered 429: there is nothing to compare");
  }

  @Test
  void clientAndServerMustAgree() {
    RunResult more = run(new Tally(100, 50), new Tally(101, 50));

    assertThat(problems(more, WITH))
        .containsExactly(
            "without the agent, the client counted 100 x 200 and 50 x 429,"
                + " the server 101 x 200 and 50 x 429");
  }

  private static List<String> problems(RunResult without, RunResult with) {
    return new DemoResult(Scenario.standard(), without, with).problems();
  }

  private static RunResult run(Tally client, Tally server) {
    return new RunResult(client, server, Duration.ofSeconds(1), Observation.WITHOUT_AGENT);
  }
}
