package dev.tollgate.benchmarks.start.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.catalina.LifecycleException;

/**
 * The server or the large program again, without an annotation: how many of its classes Tollgate
 * looked at, and for how long. {@link CountingAgent} counts.
 */
public final class ScanCost {
  private static final long PATIENCE_MILLIS = 20_000;

  private ScanCost() {}

  /**
   * Prints the number of classes and the milliseconds of all of them.
   *
   * @param args which program
   */
  public static void main(String[] args)
      throws IOException,
          LifecycleException,
          JMException,
          InterruptedException,
          ReflectiveOperationException {
    if (args[0].equals("server")) {
      Server.start(new PlainServer.Servlet());
    } else {
      Many.callAll();
    }
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName agent = new ObjectName("dev.tollgate:type=Agent");
    long begin = System.nanoTime();
    while (!beans.isRegistered(agent)) {
      if ((System.nanoTime() - begin) / 1_000_000 > PATIENCE_MILLIS) {
        throw new IOException("no bean " + agent);
      }
      Thread.sleep(20);
    }
    System.out.println(CountingAgent.offered() + " " + beans.getAttribute(agent, "WeaveMillis"));
    System.exit(0);
  }
}
