package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the command {@code attach} is told of how it went. It gives a word along before its
 * arguments, and finds the answer to that word among the {@linkplain AgentProperties agent's
 * properties}: an attach by itself brings nothing back, and an exception out of {@code agentmain}
 * would print a stack trace in the program's output.
 */
final class AttachReply {
  // As in dev.tollgate.agent.cli.jvm.RemoteAgent.
  private static final String ARGUMENT = "attach.reply=";
  private static final String PROPERTY = "dev.tollgate.attach";
  private static final String ACTIVE = "active ";
  private static final String REFUSED = "refused ";

  private final Instrumentation instrumentation;
  private final @Nullable String word;
  private final @Nullable String arguments;

  private AttachReply(
      Instrumentation instrumentation, @Nullable String word, @Nullable String arguments) {
    this.instrumentation = instrumentation;
    this.word = word;
    this.arguments = arguments;
  }

  /** To whoever attached with {@code arguments}. */
  static AttachReply of(Instrumentation instrumentation, @Nullable String arguments) {
    if (arguments == null || !arguments.startsWith(ARGUMENT)) {
      return new AttachReply(instrumentation, null, arguments);
    }
    int comma = arguments.indexOf(',');
    int end = comma < 0 ? arguments.length() : comma;
    return new AttachReply(
        instrumentation,
        arguments.substring(ARGUMENT.length(), end),
        comma < 0 ? null : arguments.substring(comma + 1));
  }

  /** Without what is only for the reply. */
  @Nullable String arguments() {
    return arguments;
  }

  void active(String line) {
    send(ACTIVE.concat(line));
  }

  void refused(String why) {
    send(REFUSED.concat(why));
  }

  private void send(String answer) {
    if (word == null) {
      return;
    }
    try {
      AgentProperties.of(instrumentation).setProperty(PROPERTY, word + " " + answer);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Whoever waits for it finds none, and says so.
    }
  }
}
