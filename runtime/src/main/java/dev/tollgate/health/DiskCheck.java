package dev.tollgate.health;

import java.io.File;
import java.io.IOException;

/** How much is free where a path lies, for this process. */
final class DiskCheck implements ReadinessCheck {
  private final File path;
  private final SpaceThresholds thresholds;

  DiskCheck(String path, SpaceThresholds thresholds) {
    this.path = new File(path).getAbsoluteFile();
    this.thresholds = thresholds;
  }

  @Override
  public HealthResult check() throws IOException {
    // One system call, on this file system alone: one that hangs elsewhere does no harm.
    long total = path.getTotalSpace();
    long free = path.getUsableSpace();
    if (total == 0) {
      throw new IOException(path + (path.exists() ? " can't be read" : " doesn't exist"));
    }
    String detail =
        Amount.bytes(free)
            + " of "
            + Amount.bytes(total)
            + " free ("
            + Amount.percent((double) free / total)
            + ") at "
            + path.toPath().normalize();
    return thresholds.judge(free, total, detail);
  }
}
