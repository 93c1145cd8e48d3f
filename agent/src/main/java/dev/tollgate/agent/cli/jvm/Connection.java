package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import javax.management.MBeanServerConnection;

/** A way to the beans of another JVM, until it is closed. */
public interface Connection extends AutoCloseable {

  /** The beans. */
  MBeanServerConnection beans();

  @Override
  void close() throws IOException;
}
