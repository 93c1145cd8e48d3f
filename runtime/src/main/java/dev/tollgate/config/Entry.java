package dev.tollgate.config;

/**
 * A value and where in the tree it stands.
 *
 * @param path from {@code tollgate} on: {@code limiters.github_api.permits}
 */
record Entry(String path, Node node) {
  ConfigurationException error(String predicate) {
    return new ConfigurationException(node.origin().name(path) + " " + predicate);
  }

  ConfigurationException mustBe(String expected) {
    return error(node.describe() + "; it must be " + expected);
  }

  /**
   * What a user would recognise: of sections outside of files, only {@code a.b.c=1} was written.
   */
  Entry asWritten() {
    return node.origin().isFile() ? this : firstLeaf();
  }

  /** This, or the first value inside it. */
  Entry firstLeaf() {
    if (node instanceof Node.Section section && !section.children().isEmpty()) {
      var child = section.children().entrySet().iterator().next();
      return new Entry(join(path, child.getKey()), child.getValue()).firstLeaf();
    }
    return this;
  }

  static String join(String path, String name) {
    String written = name.contains(".") ? '"' + name + '"' : name;
    return path.isEmpty() ? written : path + "." + written;
  }
}
