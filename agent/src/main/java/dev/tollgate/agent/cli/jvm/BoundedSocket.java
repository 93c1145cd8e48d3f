package dev.tollgate.agent.cli.jvm;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Reads no more than {@value #MOST_BYTES} bytes of one answer. An answer begins with the next
 * request. The process at the other end may be hostile, and a text has no bound of its own.
 */
final class BoundedSocket extends Socket {
  /** Ten thousand limiters or checks take some 10 MB. */
  static final long MOST_BYTES = 32L << 20;

  private long left = MOST_BYTES;

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        took(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        took(read);
        return read;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int oneByte) throws IOException {
        asked();
        out.write(oneByte);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        asked();
        out.write(bytes, offset, length);
      }
    };
  }

  private synchronized void asked() {
    left = MOST_BYTES;
  }

  private synchronized void took(int bytes) throws IOException {
    left -= Math.max(0, bytes);
    if (left < 0) {
      throw new AnswerTooLongException("more than " + MOST_BYTES + " bytes");
    }
  }
}
