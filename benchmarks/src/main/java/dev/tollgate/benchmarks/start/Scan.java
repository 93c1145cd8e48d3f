package dev.tollgate.benchmarks.start;

/**
 * What a program's classes cost that Tollgate looked at and left as they were.
 *
 * @param program the server or the large program
 * @param millis for all of them
 */
record Scan(String program, int jdk, int classes, double millis) {

  /** From the line that the program prints. */
  static Scan of(String program, int jdk, String line) {
    String[] figures = line.split(" ", -1);
    return new Scan(program, jdk, Integer.parseInt(figures[0]), Double.parseDouble(figures[1]));
  }
}
