package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** The commands about another JVM trust nothing that it says. */
@OnEachJdk
class HostileTargetsIT {
  private static final Path PROGRAM =
      Programs.compile(
          """
          import java.lang.management.ManagementFactory;
          import java.util.ArrayList;
          import java.util.List;
          import java.util.PriorityQueue;
          import javax.management.*;

          public class Hostile {
            static final String ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

            public static class Bean implements DynamicMBean {
              final Object value;

              Bean(Object value) {
                this.value = value;
              }

              public Object getAttribute(String name) {
                return value;
              }

              public void setAttribute(Attribute attribute) {}

              public AttributeList getAttributes(String[] names) {
                AttributeList list = new AttributeList();
                for (String name : names) list.add(new Attribute(name, value));
                return list;
              }

              public AttributeList setAttributes(AttributeList attributes) {
                return attributes;
              }

              public Object invoke(String name, Object[] arguments, String[] types) {
                return value;
              }

              public MBeanInfo getMBeanInfo() {
                return new MBeanInfo("Bean", "", null, null, null, null);
              }
            }

            public static void main(String[] arguments) throws Exception {
              switch (arguments[0]) {
                case "address" ->
                    ((java.util.Properties)
                            Class.forName("jdk.internal.vm.VMSupport")
                                .getMethod("getAgentProperties")
                                .invoke(null))
                        .setProperty(ADDRESS, arguments[1]);
                case "long" -> bean("x".repeat(200_000_000));
                case "class" -> bean(new PriorityQueue<>(List.of("a")));
              }
              System.out.println("started");
              System.in.read();
            }

            static void bean(Object value) throws Exception {
              ManagementFactory.getPlatformMBeanServer()
                  .registerMBean(new Bean(value), new ObjectName("dev.tollgate:type=Health"));
            }
          }
          """);

  @Parameter Jdk jdk;

  @Test
  void addressesElsewhereAreNotFollowed() throws IOException {
    try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      elsewhere.setSoTimeout(1);
      int port = elsewhere.getLocalPort();
      for (String address :
          List.of(
              "service:jmx:rmi:///jndi/ldap://127.0.0.1:" + port + "/cn=x",
              "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi",
              "service:jmx:other://127.0.0.1:" + port + "/stub/rO0ABXNyAA==",
              "service:jmx:rmi://127.0.0.1:" + port + "/stub/rO0ABXNyAA==")) {
        try (RunningJvm jvm = hostile("address", address)) {
          for (String command : List.of("status", "detach")) {
            JvmResult result = command(command, jvm.pid()).run();
            assertThat(result.exit()).as("%s", result).isEqualTo(3);
            assertThat(result.err()).singleElement().asString().contains("takes no JMX connection");
          }
          assertThat(command("ready", jvm.pid()).run().exit()).isEqualTo(3);
        }
      }
      assertThat(accepts(elsewhere)).as("connections to where the JVM pointed").isFalse();
    }
  }

  /** Root's question must not go to a third user's process. */
  @Test
  void portsOfOtherUsersAreNotAsked(@TempDir Path folder) throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "only root, with setpriv, can start a program as another user");
    try (RunningJvm other = hostile("none")) {
      // Starts the management agent there, whose address the other one is given then.
      assertThat(command("ready", other.pid()).run().exit()).isEqualTo(3);
      String address = address(other.pid());
      assertThat(address).startsWith("service:jmx:rmi://127.0.0.1/stub/");
      Process hostile =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=65534",
                  "--regid=65534",
                  "--clear-groups",
                  jdk.tool("java").toString(),
                  "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                  "-cp",
                  readable(folder).toString(),
                  "Hostile",
                  "address",
                  address)
              .start();
      try (RunningJvm jvm = new RunningJvm(hostile)) {
        assertThat(jvm.nextLine()).isEqualTo("started");
        JvmResult result = command("status", jvm.pid()).run();
        assertThat(result.exit()).as("%s", result).isEqualTo(3);
        assertThat(result.err())
            .containsExactly(
                "process "
                    + jvm.pid()
                    + " names a port for its answers that another user's process has");
      }
      other.end().ok();
    }
  }

  @Test
  void anAnswerWithoutEndIsNotReadToIt() {
    try (RunningJvm jvm = hostile("long")) {
      JvmResult result = command("status", jvm.pid()).run();
      assertThat(result.exit()).as("%s", result).isEqualTo(3);
      assertThat(result.err()).singleElement().asString().contains("more than 33554432 bytes");
    }
  }

  @Test
  void objectsOfOtherClassesAreNotMade() {
    try (RunningJvm jvm = hostile("class")) {
      JvmResult result = command("status", jvm.pid()).run();
      assertThat(result.exit()).as("%s", result).isEqualTo(3);
      assertThat(result.err()).singleElement().asString().contains("that isn't deserialised here");
    }
  }

  private RunningJvm hostile(String... arguments) {
    RunningJvm jvm =
        Jvm.on(jdk)
            .option("--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED", "-Xmx2g")
            .classPath(PROGRAM)
            .main("Hostile")
            .main(arguments)
            .start();
    assertThat(jvm.nextLine()).isEqualTo("started");
    return jvm;
  }

  private Jvm command(String name, String pid) {
    return Jvm.on(jdk).main("-jar", Artifacts.AGENT.toString(), name, "--timeout", "1m", pid);
  }

  private static String address(String pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(pid);
    try {
      return machine
          .getAgentProperties()
          .getProperty("com.sun.management.jmxremote.localConnectorAddress");
    } finally {
      machine.detach();
    }
  }

  /** The program in {@code folder}, where each user can read it. */
  private static Path readable(Path folder) throws IOException {
    Path copy = Folders.merge(folder, PROGRAM);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copy;
  }

  private static boolean accepts(ServerSocket socket) {
    try {
      socket.accept().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
