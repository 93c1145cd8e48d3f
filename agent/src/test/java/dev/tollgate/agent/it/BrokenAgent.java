package dev.tollgate.agent.it;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Copies of the agent's jar in which one method does nothing but throw. */
final class BrokenAgent {
  /** The message of what is thrown. */
  static final String INJECTED = "injected";

  private BrokenAgent() {}

  /**
   * Breaks all methods of this name.
   *
   * @param className below {@code dev.tollgate}
   * @param thrown the internal name of a throwable that takes a message
   */
  static Path make(Path jar, String className, String method, String thrown) throws IOException {
    Files.copy(Artifacts.UNPACKED_AGENT, jar);
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path file = files.getPath("inst/dev/tollgate/" + className.replace('.', '/') + ".class");
      Breaker breaker = new Breaker(method, thrown);
      new ClassReader(Files.readAllBytes(file)).accept(breaker, 0);
      if (!breaker.found) {
        throw new IllegalArgumentException("no " + className + "." + method);
      }
      Files.write(file, breaker.writer().toByteArray());
    }
    return jar;
  }

  private static final class Breaker extends ClassVisitor {
    private final String method;
    private final String thrown;
    private boolean found;

    Breaker(String method, String thrown) {
      super(Opcodes.ASM9, new ClassWriter(0));
      this.method = method;
      this.thrown = thrown;
    }

    ClassWriter writer() {
      return (ClassWriter) cv;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!name.equals(method) || (access & Opcodes.ACC_ABSTRACT) != 0) {
        return code;
      }
      found = true;
      code.visitCode();
      code.visitTypeInsn(Opcodes.NEW, thrown);
      code.visitInsn(Opcodes.DUP);
      code.visitLdcInsn(INJECTED);
      code.visitMethodInsn(Opcodes.INVOKESPECIAL, thrown, "<init>", "(Ljava/lang/String;)V", false);
      code.visitInsn(Opcodes.ATHROW);
      // Enough for the arguments of any of them.
      code.visitMaxs(3, 32);
      code.visitEnd();
      return null;
    }
  }
}
