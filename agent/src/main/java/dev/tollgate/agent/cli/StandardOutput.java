package dev.tollgate.agent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard output of the command line. The first write that fails ends the command with an
 * {@link OutputLostException}: a {@link PrintWriter} would forget an {@link IOException}, and the
 * command would go on for nobody and end as if it had been read.
 */
final class StandardOutput extends OutputStream {
  private static final Path FILE = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private final boolean isPipe;

  private StandardOutput(OutputStream out, boolean isPipe) {
    this.out = out;
    this.isPipe = isPipe;
  }

  /** A writer that must be flushed, in the encoding of standard output. */
  static PrintWriter writer() {
    return writer(new FileOutputStream(FileDescriptor.out), isPipe());
  }

  /**
   * @param isPipe whether {@code out} fails only if its reader has gone
   */
  static PrintWriter writer(OutputStream out, boolean isPipe) {
    return new PrintWriter(new OutputStreamWriter(new StandardOutput(out, isPipe), charset()));
  }

  /** On Linux; the system's message for a broken pipe may be of any language. */
  private static boolean isPipe() {
    try {
      String file = Files.readSymbolicLink(FILE).toString();
      return file.startsWith("pipe:") || file.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** The name has changed in 19, and before that it was there for terminals only. */
  private static Charset charset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    try {
      return name == null ? Charset.defaultCharset() : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return Charset.defaultCharset();
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new OutputLostException(e, isPipe);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputLostException(e, isPipe);
    }
  }
}
