package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.jvm.Connector;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose standard output fails. */
@Timeout(60)
class StandardOutputTest {
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "help", "--help", "demo", "status 1", "watch 1"})
  void eachCommandEndsAndSaysWhyIfItCanNotBeWritten(String command) throws Exception {
    assertThat(run("No space left\u001b on device", command.split(" "))).isEqualTo(3);
    assertThat(err.toString().lines())
        .containsExactly("the standard output can't be written to: No space left? on device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "help", "--help", "demo", "status 1", "watch 1"})
  void eachCommandEndsWithoutAWordIfItsReaderHasGone(String command) throws Exception {
    assertThat(run("Broken pipe", command.split(" "))).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aCheckThatNobodyCanReadIsNoSuccess() throws Exception {
    Path file = Files.writeString(folder.resolve("good.conf"), "tollgate.quiet = true");
    assertThat(run("No space left on device", "check", file.toString())).isEqualTo(3);
    assertThat(run("Broken pipe", "check", file.toString())).isEqualTo(141);
  }

  private int run(String failure, String... arguments) throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    new FakeTollgate(server).registerAgent().registerHealth();
    Connector connector = new FakeConnection(server);
    return Commands.commandLine(connector, Ticker.system())
        .setOut(StandardOutput.writer(new FailingStream(failure), false))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** Takes nothing. */
  private static final class FailingStream extends OutputStream {
    private final String failure;

    FailingStream(String failure) {
      this.failure = failure;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(failure);
    }
  }
}
