package dev.tollgate.agent.weave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The call sites that a class file has before it is woven. The JVM gives the bytes that the
 * compiler wrote, but for two cases: its flight recorder made an event class of woven bytes, or
 * another agent redefined a class with the bytes that it had seen.
 */
final class PresentSites {
  static final PresentSites NONE = new PresentSites(Map.of());

  private final Map<String, List<String>> byMethod;

  private PresentSites(Map<String, List<String>> byMethod) {
    this.byMethod = byMethod;
  }

  static PresentSites of(ClassReader file) {
    Map<String, List<String>> byMethod = new HashMap<>();
    file.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            SiteRecorder sites = new SiteRecorder();
            byMethod.put(name.concat(descriptor), sites.texts());
            return sites;
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new PresentSites(byMethod);
  }

  /** Whether a method has any. */
  boolean isIn(String method) {
    return !byMethod.getOrDefault(method, List.of()).isEmpty();
  }

  /** Whether a method has exactly what its plan says. */
  boolean areAsPlanned(MethodPlan plan) {
    return isIn(plan.method().key())
        && SiteRecorder.planned(plan).equals(byMethod.get(plan.method().key()));
  }

  /** Whether each method of the class has what the plan says, and no other has anything. */
  boolean areAsPlanned(Map<String, MethodPlan> plans) {
    Set<String> methods = new HashSet<>(byMethod.keySet());
    methods.addAll(plans.keySet());
    for (String method : methods) {
      MethodPlan plan = plans.get(method);
      if (plan == null ? isIn(method) : !areAsPlanned(plan)) {
        return false;
      }
    }
    return true;
  }
}
