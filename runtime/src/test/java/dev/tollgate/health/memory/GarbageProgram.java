package dev.tollgate.health.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds so many megabytes, makes garbage, and prints what memory and heap have left. */
final class GarbageProgram {
  private static final int PIECE = 64 << 10;

  private GarbageProgram() {}

  public static void main(String[] args) throws IOException {
    List<byte[]> live = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("live") * 16; i++) {
      live.add(new byte[PIECE]);
    }
    for (int i = 0; i < 4_000; i++) {
      live.set(0, new byte[PIECE]);
    }
    System.out.println(MemoryReader.ofThisMachine().read().availableBytes());
    System.out.println(ReusableHeap.bytes());
  }
}
