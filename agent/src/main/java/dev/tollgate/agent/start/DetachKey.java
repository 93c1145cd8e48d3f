package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What it takes to end the agent over JMX: a text that only who may attach to this JVM can read,
 * and so could end anything in it. Whoever comes over a remote port, and may call what operations
 * there are, can't.
 */
final class DetachKey {
  // As in dev.tollgate.agent.cli.jvm.RemoteAgent.
  private static final String PROPERTY = "dev.tollgate.detach.key";

  private static final int BYTES = 16;

  private final Instrumentation instrumentation;
  private final byte[] key;

  private DetachKey(Instrumentation instrumentation, byte[] key) {
    this.instrumentation = instrumentation;
    this.key = key;
  }

  /**
   * Makes one and leaves it to be found.
   *
   * @throws ReflectiveOperationException if this JVM has no place for it
   */
  static DetachKey leave(Instrumentation instrumentation) throws ReflectiveOperationException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String key = HexFormat.of().formatHex(random);
    AgentProperties.of(instrumentation).setProperty(PROPERTY, key);
    return new DetachKey(instrumentation, bytes(key));
  }

  boolean fits(String given) {
    return MessageDigest.isEqual(key, bytes(given));
  }

  /** Takes it away again. */
  void remove() {
    try {
      AgentProperties.of(instrumentation).remove(PROPERTY);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
