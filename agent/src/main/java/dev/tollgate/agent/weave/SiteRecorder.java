package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Notes each call site of ours in a method, with all that the linker gets. */
final class SiteRecorder extends MethodVisitor {
  private final List<String> texts = new ArrayList<>();

  SiteRecorder() {
    super(Opcodes.ASM9);
  }

  /** Those that would be woven in. */
  static List<String> planned(MethodPlan plan) {
    SiteRecorder recorder = new SiteRecorder();
    LimitedMethod.of(recorder, plan).visitCode();
    return recorder.texts;
  }

  /** One for each, in their order; filled as the method is visited. */
  List<String> texts() {
    return texts;
  }

  @Override
  public void visitInvokeDynamicInsn(
      String form, String type, Handle bootstrap, Object... arguments) {
    if (CallSites.areLinkedBy(bootstrap)) {
      texts.add(form.concat(type).concat(List.of(arguments).toString()));
    }
  }
}
