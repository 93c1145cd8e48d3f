package dev.tollgate.agent.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.agent.cli.jvm.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run without the agent; {@code DemoIT} has both. */
class DemoTest {
  @TempDir Path folder;

  @Test
  void aRealClientIsRefusedAndAnAgentThatIsNoneIsAFailure() throws IOException {
    Path noJar = Files.writeString(folder.resolve("agent.jar"), "not a jar");
    Recorder recorder = new Recorder();
    Demo demo = new Demo(Scenario.standard(), noJar, DemoTest::noReading, recorder);

    ClientFailedException failure = catchThrowableOfType(ClientFailedException.class, demo::run);

    assertThat(recorder.last).isEqualTo(new Tally(100, 50));
    assertThat(recorder.events)
        .containsExactly("started WITHOUT_AGENT", "finished", "started WITH_AGENT", "finished");
    assertThat(failure).hasMessage("with the agent, the client ended early, with status 1");
    assertThat(failure.output()).anyMatch(line -> line.contains("tollgate-agent.jar"));
  }

  private static Reading noReading(long pid) {
    throw new AssertionError("nobody was to be asked");
  }

  private static final class Recorder implements Progress {
    private final List<String> events = new ArrayList<>();
    private Tally last = Tally.NONE;

    @Override
    public void started(Run run) {
      events.add("started " + run);
    }

    @Override
    public void answered(Tally tally) {
      last = tally;
    }

    @Override
    public void finished() {
      events.add("finished");
    }
  }
}
