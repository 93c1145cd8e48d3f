package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tollgate.agent.cli.jvm.TollgateJvm;
import dev.tollgate.agent.cli.jvm.Verdict;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.time.Clock;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** How a JVM's agent is asked to leave. */
class DetachCommandTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final FakeConnection connection = new FakeConnection(server);

  @Test
  void theBeanIsGivenTheKeyThatWasFound() throws Exception {
    Leaving bean = register(key -> {});

    assertThat(detach("the key")).isEqualTo(new Verdict(true, "1.2.3"));
    assertThat(bean.given).isEqualTo("the key");
  }

  @Test
  void whatTheAgentSaysAgainstItIsTheVerdict() throws Exception {
    register(
        key -> {
          throw new IOException("still here");
        });

    assertThat(detach("key").done()).isFalse();
    assertThat(detach("key").line()).contains("still here");
  }

  @Test
  void whereThereIsNoKeyTheBeanIsNotAsked() throws Exception {
    Leaving bean = register(key -> {});

    assertThat(catchThrowable(() -> detach(null)))
        .hasMessage("the agent in process 4711 can't be detached: end it with the program");
    assertThat(bean.given).isNull();
  }

  private Verdict detach(String key) throws Exception {
    try (TollgateJvm jvm =
        TollgateJvm.connect(4711, connection, Ticker.system(), Clock.systemUTC())) {
      return jvm.detach(() -> key);
    }
  }

  private Leaving register(Body body) throws Exception {
    Leaving bean = new Leaving(body);
    server.registerMBean(
        new StandardMBean(bean, Agent.class), new ObjectName("dev.tollgate:type=Agent"));
    return bean;
  }

  /** What becomes of a key. */
  interface Body {
    void accept(String key) throws Exception;
  }

  /** Of the agent's bean, what is needed here. */
  public interface Agent {
    String getVersion();

    void detach(String key) throws Exception;
  }

  /** Does as the test says. */
  public static final class Leaving implements Agent {
    private final Body body;
    private String given;

    Leaving(Body body) {
      this.body = body;
    }

    @Override
    public String getVersion() {
      return "1.2.3";
    }

    @Override
    public void detach(String key) throws Exception {
      given = key;
      body.accept(key);
    }
  }
}
