package dev.tollgate.health.memory;

/** Prints what the heap holds after a collection, before there was one and after. */
final class HeapProgram {
  private static final int KEPT = 8 << 20;

  private HeapProgram() {}

  public static void main(String[] args) {
    System.out.println(HeapAfterCollection.usedBytes());
    byte[] kept = new byte[KEPT];
    System.gc();
    long used = HeapAfterCollection.usedBytes().orElse(-1);
    long max = HeapAfterCollection.maxBytes().orElse(-1);
    System.out.println(used >= kept.length && used < 2L * kept.length);
    System.out.println(max);
  }
}
