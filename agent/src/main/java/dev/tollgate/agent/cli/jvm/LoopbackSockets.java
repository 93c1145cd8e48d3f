package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.rmi.server.RMISocketFactory;

/**
 * Connects to this machine, whatever host a stub names. A JVM writes {@code
 * java.rmi.server.hostname} or the name of its machine into the stub of its local management agent,
 * and neither needs to lead anywhere. The agent listens at the loopback address in any case. No
 * name is looked up.
 */
final class LoopbackSockets extends RMISocketFactory {
  private static final int CONNECT_MILLIS = 5_000;
  private static final byte[] IPV4 = {127, 0, 0, 1};
  private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    try {
      return connect(IPV4, port);
    } catch (IOException e) {
      try {
        return connect(IPV6, port);
      } catch (IOException again) {
        e.addSuppressed(again);
        throw e;
      }
    }
  }

  /** Nothing ever connects to this process. */
  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    throw new IOException("this process accepts no connections");
  }

  private static Socket connect(byte[] address, int port) throws IOException {
    Socket socket = new BoundedSocket();
    try {
      socket.connect(new InetSocketAddress(loopback(address), port), CONNECT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static InetAddress loopback(byte[] address) throws UnknownHostException {
    // With a name, so that none is looked up if somebody asks for it.
    return InetAddress.getByAddress("localhost", address);
  }
}
