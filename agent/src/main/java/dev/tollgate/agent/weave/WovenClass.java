package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassTooLargeException;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * A class with as much of its plan woven in as a class file has room for.
 *
 * @param plan without the methods that had no room, which it reports as missed
 * @param file null if it stays as it is
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record WovenClass(ClassPlan plan, byte @Nullable [] file) {
  private static final String LONG_CODE =
      "there is no room left in it for the call that takes the permit (a method has 64 KB at most):"
          + " annotate a method that calls it";
  private static final String MANY_CONSTANTS =
      "its class has as many constants as a class file allows (65,535), and there is no room left"
          + " for those of the call that takes the permit: annotate a method of another class that"
          + " calls it";

  /**
   * @param present what is in the file already
   */
  static WovenClass of(ClassReader file, ClassPlan planned, PresentSites present) {
    ClassPlan plan = planned;
    while (!present.areAsPlanned(plan.methods())) {
      try {
        if (BootstrapMethods.count(file) + plan.callSites() > BootstrapMethods.MOST) {
          plan = plan.withoutAny(MANY_CONSTANTS);
        } else {
          return new WovenClass(plan, ClassWeaver.weave(file, plan, present));
        }
      } catch (NoRoomException e) {
        plan = plan.without(e.method(), e.why());
      } catch (MethodTooLargeException e) {
        plan = plan.without(e.getMethodName().concat(e.getDescriptor()), LONG_CODE);
      } catch (ClassTooLargeException e) {
        plan = plan.withoutAny(MANY_CONSTANTS);
      }
    }
    return new WovenClass(plan, null);
  }
}
