package dev.tollgate.health;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Whether a program is on PATH. It is looked for, not run. */
final class ToolCheck implements HealthCheck {
  /** What Windows appends to a name without one of these. */
  private static final String[] WINDOWS_ENDINGS = {".exe", ".cmd", ".bat", ".com"};

  private final String tool;
  private final boolean required;
  private final @Nullable String path;

  /**
   * @param path folders, as the environment variable PATH has them; null if it is not set
   */
  ToolCheck(String tool, boolean required, @Nullable String path) {
    if (tool.isBlank() || tool.indexOf('/') >= 0 || tool.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "'" + tool + "' can't be a tool; it must be a program's name, without a path");
    }
    this.tool = tool;
    this.required = required;
    this.path = path;
  }

  @Override
  public HealthResult check() {
    if (path != null) {
      for (String folder : path.split(File.pathSeparator, -1)) {
        File found = executableIn(folder.isEmpty() ? "." : folder);
        if (found != null) {
          return HealthResult.healthy(found.getPath());
        }
      }
    }
    return required
        ? HealthResult.degraded("not on PATH, and required")
        : HealthResult.healthy("not on PATH");
  }

  private @Nullable File executableIn(String folder) {
    File file = new File(folder, tool);
    if (isExecutable(file)) {
      return file;
    }
    if (File.separatorChar == '\\') {
      for (String ending : WINDOWS_ENDINGS) {
        File withEnding = new File(folder, tool + ending);
        if (isExecutable(withEnding)) {
          return withEnding;
        }
      }
    }
    return null;
  }

  private static boolean isExecutable(File file) {
    return file.isFile() && file.canExecute();
  }
}
