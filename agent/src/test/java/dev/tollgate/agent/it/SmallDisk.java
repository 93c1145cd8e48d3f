package dev.tollgate.agent.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A file system of 64 MB in memory, to be filled. Where none may be mounted, the test is skipped.
 */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 64;
  private static final int MEGABYTE = 1 << 20;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  static SmallDisk mount(Path folder) throws IOException, InterruptedException {
    Path path = Files.createDirectory(folder.resolve("disk"));
    String size = "size=" + MEGABYTES + "m";
    boolean mounted = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path.toString());
    if (!mounted) {
      System.out.println("SKIPPED: a disk that fills: this machine lets nobody mount a tmpfs");
    }
    assumeTrue(mounted, "this machine lets nobody mount a tmpfs");
    return new SmallDisk(path);
  }

  Path path() {
    return path;
  }

  /** Fills it, or empties it, until so many percent are free. */
  void leave(int percent) throws IOException {
    byte[] content = new byte[MEGABYTES * (100 - percent) / 100 * MEGABYTE];
    // In place: a file that is emptied first would be seen so.
    try (FileChannel file =
        FileChannel.open(
            path.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(content));
      file.truncate(content.length);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", path.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
