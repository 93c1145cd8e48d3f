package dev.tollgate.benchmarks.start.program;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the classes of the program, as any transformer is offered them. */
public final class CountingAgent {
  private static final AtomicInteger OFFERED = new AtomicInteger();

  private CountingAgent() {}

  /** Called by the JVM before the program's {@code main}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] file) {
            if (ClassLoader.getSystemClassLoader().equals(loader)) {
              OFFERED.incrementAndGet();
            }
            return null;
          }
        });
  }

  static int offered() {
    return OFFERED.get();
  }
}
