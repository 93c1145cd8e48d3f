package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.Connection;
import dev.tollgate.agent.cli.jvm.Connector;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;

/** The beans of this JVM as if they were another's, with a note of each request. */
public final class FakeConnection implements Connection, Connector {
  private final MBeanServerConnection beans;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Runnable beforeReading = () -> {};
  private volatile boolean lost;
  private volatile int opened;
  private volatile int closed;

  /** To the beans of {@code server}. */
  public FakeConnection(MBeanServer server) {
    beans =
        (MBeanServerConnection)
            Proxy.newProxyInstance(
                FakeConnection.class.getClassLoader(),
                new Class<?>[] {MBeanServerConnection.class},
                (proxy, method, arguments) -> {
                  requests.add(method.getName() + " " + Arrays.asList(arguments).get(0));
                  if (method.getName().equals("queryNames")) {
                    beforeReading.run();
                  }
                  if (lost) {
                    throw new IOException("Connection reset");
                  }
                  try {
                    return method.invoke(server, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  /** Runs before each reading. */
  public FakeConnection beforeReading(Runnable action) {
    beforeReading = action;
    return this;
  }

  /** From now on it is as if the JVM had ended. */
  public void lose() {
    lost = true;
  }

  /** Each method that was called, and its first argument. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  int opened() {
    return opened;
  }

  int closed() {
    return closed;
  }

  @Override
  public Connection open(long pid) {
    opened++;
    return this;
  }

  @Override
  public MBeanServerConnection beans() {
    return beans;
  }

  @Override
  public void close() {
    closed++;
  }
}
