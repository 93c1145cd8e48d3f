package dev.tollgate.benchmarks.start;

/**
 * What the server's classes cost that Tollgate looked at and left as they were.
 *
 * @param millis for all of them
 */
record Scan(int jdk, int classes, double millis) {

  /** From the line that the program prints. */
  static Scan of(int jdk, String line) {
    String[] figures = line.split(" ", -1);
    return new Scan(jdk, Integer.parseInt(figures[0]), Double.parseDouble(figures[1]));
  }
}
