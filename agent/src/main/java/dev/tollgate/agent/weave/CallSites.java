package dev.tollgate.agent.weave;

import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.link.SiteSpec;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Writes the {@code invokedynamic}s that are all that ever goes into a class. */
final class CallSites {
  static final String DISPATCHER = "java/lang/TollgateDispatcher";
  private static final Handle LINK =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          DISPATCHER,
          "link",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
              + "Ljava/lang/invoke/MethodType;Ljava/lang/String;Ljava/lang/String;)"
              + "Ljava/lang/invoke/CallSite;",
          false);

  private CallSites() {}

  /** Whether {@code bootstrap}, of a call site in a class file, makes it one of ours. */
  static boolean areLinkedBy(Handle bootstrap) {
    return bootstrap.getOwner().equals(DISPATCHER);
  }

  /** Calls a site that takes permits. */
  static void call(
      MethodVisitor code, String form, CharSequence descriptor, SiteSpec spec, String method) {
    write(code, form, descriptor.toString(), spec.text(), method);
  }

  /**
   * Leaves on the stack the cell of how deep inside the group the thread is: {@code () → int[]}.
   */
  static void enter(MethodVisitor code, Group group, String method) {
    write(code, Linker.ENTER, "()[I", group.text(), method);
  }

  /** The same for a method that never changes what is in the cell. */
  static void look(MethodVisitor code, Group group, String method) {
    write(code, Linker.LOOK, "()[I", group.text(), method);
  }

  private static void write(
      MethodVisitor code, String form, String type, String spec, String method) {
    code.visitInvokeDynamicInsn(form, type, LINK, spec, method);
  }
}
