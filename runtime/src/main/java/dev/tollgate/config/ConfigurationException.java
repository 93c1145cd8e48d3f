package dev.tollgate.config;

import org.jspecify.annotations.Nullable;

/**
 * A configuration that can't be read or says something impossible. The message is one line that
 * names the place (file and line, system property, agent argument or environment variable), the
 * key, what is wrong and what would be right.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    this(message, null);
  }

  ConfigurationException(String message, @Nullable Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Values are quoted in messages, and a value may hold anything. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder(message.length());
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      line.append(breaks ? ' ' : c);
    }
    return line.toString().strip();
  }
}
