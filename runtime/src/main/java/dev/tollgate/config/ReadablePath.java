package dev.tollgate.config;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** A file or directory that is there, as it was written. */
final class ReadablePath extends TextType<String> {
  ReadablePath() {
    super("path", "a path that can be read");
  }

  @Override
  String parse(String text) {
    String fault = fault(new File(text));
    if (fault != null) {
      throw wrong(text + ", which " + fault);
    }
    return text;
  }

  /** Why {@code file} can't be read, after "it"; null where it can. */
  static @Nullable String fault(File file) {
    if (!file.exists()) {
      return file.isAbsolute()
          ? "does not exist"
          : "does not exist in " + new File("").getAbsolutePath();
    }
    return file.canRead() ? null : "can't be read";
  }
}
