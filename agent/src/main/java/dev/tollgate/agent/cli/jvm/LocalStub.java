package dev.tollgate.agent.cli.jvm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Base64;
import javax.management.remote.rmi.RMIServerImpl_Stub;

/**
 * The stub in the address of a JVM's local management agent. The JDK writes no other form. Any
 * other address (LDAP, an RMI registry, another host) is refused: it is the process that is asked
 * who says where the question goes.
 */
final class LocalStub {
  private static final String PROTOCOL = "service:jmx:rmi://";
  private static final String STUB = "/stub/";

  /** The JDK's own take some 300. */
  private static final int MOST_CHARACTERS = 16_384;

  private LocalStub() {}

  /**
   * The stub in {@code address}.
   *
   * @throws IOException if the address has another form, or its stub is of another kind
   */
  static RMIServerImpl_Stub in(String address) throws IOException {
    int stub = address.indexOf(STUB);
    if (!address.startsWith(PROTOCOL) || stub < 0 || address.length() > MOST_CHARACTERS) {
      throw new IOException("its address is not that of the JDK's local management agent");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(address.substring(stub + STUB.length()));
    } catch (IllegalArgumentException e) {
      throw new IOException("its address has a stub that can't be read", e);
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(new AnswerFilter());
      if (in.readObject() instanceof RMIServerImpl_Stub server) {
        return server;
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("its address has a stub of an unknown class", e);
    }
    throw new IOException("its address has something else than a stub");
  }
}
