package dev.tollgate.health.memory;

import java.io.IOException;

/** Prints what it reads, or why it can't. */
final class MemoryProgram {
  private MemoryProgram() {}

  public static void main(String[] args) {
    MemoryReader reader = MemoryReader.ofThisMachine();
    System.out.println("made");
    try {
      System.out.println(reader.read());
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }
}
