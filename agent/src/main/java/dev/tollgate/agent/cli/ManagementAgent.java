package dev.tollgate.agent.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/**
 * The JVM's own agent for local JMX connections. Apart from {@link JmxConnection}, since this class
 * can't be linked where the module jdk.attach isn't there.
 */
final class ManagementAgent {
  private ManagementAgent() {}

  /** Starts it in the process {@code pid}, if it isn't there yet, and returns its address. */
  static String start(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
