package dev.tollgate.agent.cli.jvm;

import com.sun.tools.attach.AttachOperationFailedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The JVM's own agent for local JMX connections. */
final class ManagementAgent {
  private static final String ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

  private ManagementAgent() {}

  /** Its address in the process {@code pid}, where it is started if it isn't there yet. */
  static String address(long pid) throws NoAnswerException {
    return AttachedJvm.ask(pid, machine -> address(pid, machine));
  }

  private static String address(long pid, VirtualMachine machine)
      throws IOException, NoAnswerException {
    @Nullable String address = machine.getAgentProperties().getProperty(ADDRESS);
    if (address == null) {
      try {
        address = machine.startLocalManagementAgent();
      } catch (AttachOperationFailedException e) {
        throw noManagement(pid, e);
      }
    }
    if (address == null) {
      throw noManagement(pid, null);
    }
    return address;
  }

  private static NoAnswerException noManagement(long pid, @Nullable Exception e) {
    String message =
        "process " + pid + " starts no JMX agent: its Java runtime needs jdk.management.agent";
    return new NoAnswerException(message, e);
  }
}
