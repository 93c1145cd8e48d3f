package dev.tollgate.agent.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.agent.cli.FakeTollgate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class AnswerFilterTest {
  @Test
  void answersOfBeansAreLetThrough() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    new FakeTollgate(server)
        .ready("disk is low")
        .check("disk", "HEALTHY", "4.2 GB free", true, new Date(0), false)
        .registerHealth();
    ObjectName health = new ObjectName("dev.tollgate:type=Health");
    Object answer = server.getAttributes(health, HealthAttributes.NAMES);

    assertThat(text(received(answer))).isEqualTo(text(answer)).contains("4.2 GB free");
    assertThat(received(server.queryNames(null, null))).isEqualTo(server.queryNames(null, null));
  }

  @Test
  void exceptionsOfTheJdkAreLetThrough() throws Exception {
    for (Exception each :
        List.of(
            new InstanceNotFoundException("gone"),
            new MBeanException(new IllegalStateException("no"), "not all of it is out"))) {
      assertThat(received(each)).hasSameClassAs(each).hasToString(each.toString());
    }
  }

  @Test
  void otherClassesAreRejectedAlsoInsideOfWhatIsLetThrough() {
    for (Object each :
        List.of(
            URI.create("http://localhost/"),
            new PriorityQueue<>(List.of("a")),
            new ConcurrentHashMap<>(),
            Set.of("a"),
            new ArrayList<>(List.of(new PriorityQueue<>(List.of("a")))),
            new URI[0])) {
      assertThatThrownBy(() -> received(each))
          .as("%s", each.getClass())
          .isInstanceOf(InvalidClassException.class);
    }
  }

  @Test
  void setsThatWouldTakeAgesToHashAreRejected() {
    Set<Object> bomb = new HashSet<>();
    Set<Object> first = bomb;
    Set<Object> second = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Set<Object> left = new HashSet<>();
      Set<Object> right = new HashSet<>(Set.of("not the same"));
      first.add(left);
      first.add(right);
      second.add(left);
      second.add(right);
      first = left;
      second = right;
    }
    assertThatThrownBy(() -> received(bomb)).isInstanceOf(InvalidClassException.class);
  }

  @Test
  void longArraysAreRejectedBeforeTheyAreMade() throws Exception {
    byte[] bytes = bytes(new int[1]);
    // The length of the array stands before its one element.
    bytes[bytes.length - 8] = 0x7f;
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(InvalidClassException.class);
  }

  /** Without the addresses of arrays. */
  private static String text(Object answer) {
    return answer.toString().replaceAll("@[0-9a-f]+", "");
  }

  private static Object received(Object sent) throws IOException, ClassNotFoundException {
    return read(bytes(sent));
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(new AnswerFilter());
      return in.readObject();
    }
  }

  private static byte[] bytes(Object sent) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    return bytes.toByteArray();
  }
}
