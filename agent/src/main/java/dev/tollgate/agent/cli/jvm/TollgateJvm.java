package dev.tollgate.agent.cli.jvm;

import dev.tollgate.agent.cli.jvm.Reading.AgentReading;
import dev.tollgate.agent.cli.jvm.Reading.Fault;
import dev.tollgate.limiter.Ticker;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM, connected to and read from. Each bean is asked once for all of its attributes. Its
 * methods hang for as long as that JVM does: call them within a {@link TimeLimit}.
 */
public final class TollgateJvm implements AutoCloseable {
  private static final ObjectName ALL = name("*");
  private static final ObjectName AGENT = name("type=Agent");
  static final ObjectName HEALTH = name("type=Health");

  /** Beans come a second after the program began, or after the agent was attached to it. */
  private static final Duration BEANS_COME_WITHIN = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(50);

  private final long pid;
  private final Connection connection;
  private final Ticker ticker;
  private final Clock clock;
  private final long connected;

  private TollgateJvm(long pid, Connection connection, Ticker ticker, Clock clock) {
    this.pid = pid;
    this.connection = connection;
    this.ticker = ticker;
    this.clock = clock;
    this.connected = ticker.nanos();
  }

  /**
   * Connects to the process {@code pid}.
   *
   * @param ticker when the limiters were read, and how long to wait for beans
   * @param clock what the ages of checks refer to
   * @throws NoAnswerException if that can't be done
   */
  public static TollgateJvm connect(long pid, Connector connector, Ticker ticker, Clock clock)
      throws NoAnswerException {
    return new TollgateJvm(pid, connector.open(pid), ticker, clock);
  }

  /**
   * Everything. Shortly after connecting, it waits for beans that may still come. Any program may
   * have beans under Tollgate's names: one that isn't understood keeps no other from being read.
   *
   * @throws NoAnswerException if there is no bean of Tollgate, none is understood, or the JVM ends
   */
  public Reading read() throws NoAnswerException {
    try {
      Set<ObjectName> names = beansWithHealth();
      if (names.isEmpty()) {
        throw noTollgate();
      }
      List<Fault> faults = new ArrayList<>();
      Optional<AgentReading> agent = readOr(Optional.empty(), AGENT, this::agent, faults);
      Optional<HealthReading> health = readOr(Optional.empty(), HEALTH, this::health, faults);
      List<LimiterReading> limiters = limiters(names, faults);
      if (agent.isEmpty() && health.isEmpty() && limiters.isEmpty() && !faults.isEmpty()) {
        throw new NoAnswerException(faults.get(0).why());
      }
      return new Reading(pid, agent, health, limiters, clock.instant(), faults);
    } catch (IOException e) {
      throw connectionLost(e);
    }
  }

  /**
   * Asks one question only. Shortly after connecting, it waits for a bean that may still come.
   *
   * @throws NoAnswerException if there is no health bean, or the JVM ends
   */
  public Probe.Answer ask(Probe probe) throws NoAnswerException {
    try {
      for (; ; ) {
        @Nullable Attributes health = attributes(HEALTH, probe.attributes());
        if (health != null) {
          return probe.answer(health);
        }
        if (!mayStillCome()) {
          throw connection.beans().queryNames(ALL, null).isEmpty() ? noTollgate() : noHealth(pid);
        }
        ticker.park(this, POLL.toNanos());
      }
    } catch (IOException e) {
      throw connectionLost(e);
    }
  }

  /**
   * Takes the agent out of it. Shortly after connecting, it waits for a bean that may still come.
   *
   * @param keys where the key to that is, read once the bean is there
   * @return what the agent says to that
   * @throws NoAnswerException if there is no bean of the agent, or the JVM ends
   */
  public Verdict detach(KeyFinder keys) throws NoAnswerException {
    try {
      while (!connection.beans().isRegistered(AGENT)) {
        if (!mayStillCome()) {
          throw new NoAnswerException(
              "no Tollgate in process " + pid + ", or one that has jmx.enabled off");
        }
        ticker.park(this, POLL.toNanos());
      }
      @Nullable String key = keys.find();
      if (key == null) {
        throw new NoAnswerException(
            "the agent in process " + pid + " can't be detached: end it with the program");
      }
      @Nullable Attributes agent = attributes(AGENT, "Version");
      Object[] arguments = {key};
      connection.beans().invoke(AGENT, "detach", arguments, new String[] {String.class.getName()});
      return new Verdict(true, agent == null ? "" : agent.text("Version"));
    } catch (InstanceNotFoundException e) {
      throw new NoAnswerException("Tollgate has left process " + pid + " meanwhile", e);
    } catch (MBeanException e) {
      return new Verdict(false, String.valueOf(e.getMessage()));
    } catch (ReflectionException e) {
      throw new NoAnswerException("the bean " + AGENT + " in process " + pid + " fails: " + e, e);
    } catch (IOException e) {
      throw connectionLost(e);
    }
  }

  /** Finds the key to a JVM's operation {@code detach}; null where there is none. */
  @FunctionalInterface
  public interface KeyFinder {
    /**
     * The key, or null.
     *
     * @throws NoAnswerException if that JVM can't be asked for it
     */
    @Nullable String find() throws NoAnswerException;
  }

  /** For a JVM in which Tollgate is, but no health bean. */
  public static NoAnswerException noHealth(long pid) {
    return new NoAnswerException(
        "no health in process " + pid + ": Tollgate runs there with its health checks turned off");
  }

  private Set<ObjectName> beansWithHealth() throws IOException {
    for (; ; ) {
      Set<ObjectName> names = connection.beans().queryNames(ALL, null);
      if (names.contains(HEALTH) || !mayStillCome()) {
        return names;
      }
      ticker.park(this, POLL.toNanos());
    }
  }

  private boolean mayStillCome() {
    return ticker.nanos() - connected < BEANS_COME_WITHIN.toNanos();
  }

  private Optional<AgentReading> agent() throws IOException, NoAnswerException {
    @Nullable Attributes agent = attributes(AGENT, "Version", "ConfigSource", "ReloadFailure");
    return agent == null
        ? Optional.empty()
        : Optional.of(
            new AgentReading(
                agent.text("Version"),
                agent.text("ConfigSource"),
                agent.textOrEmpty("ReloadFailure")));
  }

  private Optional<HealthReading> health() throws IOException, NoAnswerException {
    @Nullable Attributes health = attributes(HEALTH, HealthAttributes.NAMES);
    return health == null ? Optional.empty() : Optional.of(HealthAttributes.reading(health));
  }

  /** What {@code read} finds at {@code bean}, or {@code otherwise} and one fault more. */
  private static <T> T readOr(T otherwise, ObjectName bean, BeanReader<T> read, List<Fault> faults)
      throws IOException {
    try {
      return read.read();
    } catch (NoAnswerException e) {
      faults.add(new Fault(bean, e.getMessage()));
      return otherwise;
    }
  }

  private List<LimiterReading> limiters(Set<ObjectName> names, List<Fault> faults)
      throws IOException {
    List<LimiterReading> limiters = new ArrayList<>();
    for (ObjectName name : names) {
      @Nullable String limiter = name.getKeyProperty("name");
      if (limiter == null || !"RateLimiter".equals(name.getKeyProperty("type"))) {
        continue;
      }
      readOr(Optional.<LimiterReading>empty(), name, () -> limiter(limiter, name), faults)
          .ifPresent(limiters::add);
    }
    limiters.sort(Comparator.comparing(LimiterReading::name));
    return limiters;
  }

  private Optional<LimiterReading> limiter(String limiter, ObjectName name)
      throws IOException, NoAnswerException {
    @Nullable Attributes attributes = attributes(name, LimiterAttributes.NAMES);
    return attributes == null
        ? Optional.empty()
        : Optional.of(LimiterAttributes.reading(limiter, attributes, ticker.nanos()));
  }

  /** Null where there is no such bean. */
  private @Nullable Attributes attributes(ObjectName bean, String... names)
      throws IOException, NoAnswerException {
    try {
      return new Attributes(pid, bean, connection.beans().getAttributes(bean, names));
    } catch (InstanceNotFoundException e) {
      return null;
    } catch (ReflectionException | RuntimeException e) {
      throw new NoAnswerException("the bean " + bean + " in process " + pid + " fails: " + e, e);
    } catch (IOException e) {
      if (isOfAnUnknownClass(e)) {
        throw new NoAnswerException(
            "the bean "
                + bean
                + " in process "
                + pid
                + " answers with objects of a class that isn't deserialised here",
            e);
      }
      throw e;
    }
  }

  /**
   * Here or there: what the bean answered can't be sent, or isn't taken. The connection goes on.
   */
  private static boolean isOfAnUnknownClass(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidClassException
          || cause instanceof NotSerializableException
          || cause instanceof ClassNotFoundException) {
        return true;
      }
    }
    return false;
  }

  /** Reads one bean. */
  @FunctionalInterface
  private interface BeanReader<T> {
    T read() throws IOException, NoAnswerException;
  }

  private NoAnswerException noTollgate() {
    return new NoAnswerException(
        "no Tollgate in process "
            + pid
            + ": start it with -javaagent:tollgate-agent.jar, and leave jmx.enabled on");
  }

  private NoAnswerException connectionLost(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnswerTooLongException) {
        return new NoAnswerException(
            "process "
                + pid
                + " answers with what no bean of Tollgate answers: "
                + cause.getMessage(),
            e);
      }
    }
    return new NoAnswerException("process " + pid + " has ended, or broken off the connection", e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // It is gone, then.
    }
  }

  private static ObjectName name(String keys) {
    try {
      return new ObjectName("dev.tollgate:" + keys);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }
}
