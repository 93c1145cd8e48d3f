package dev.tollgate.agent.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders of classes, put together as a program's packaging wants them. */
final class Folders {
  private Folders() {}

  /** All files below {@code folder}. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Copies all files below each of {@code sources} to the same places below {@code target}. */
  static Path merge(Path target, Path... sources) throws IOException {
    for (Path source : sources) {
      for (Path file : files(source)) {
        Path copy = target.resolve(source.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return target;
  }
}
