package dev.tollgate.agent.weave;

import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.link.SiteLimit;
import dev.tollgate.agent.link.SiteMethod;
import dev.tollgate.agent.link.SiteSpec;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a method that takes permits: one call, which throws where it is refused. Where
 * the method may end there, by its fallback or with a future, the rest of it is jumped to, and
 * needs a frame, whose local variables are the method's arguments.
 */
abstract class LimitedMethod extends MethodVisitor {
  private static final String THROWABLE = "java/lang/Throwable";

  final MethodPlan plan;
  final MethodRoom room;
  private final Type[] parameters;
  private final int[] slots;

  /** {@code method} must be given expanded frames if the plan may end early. */
  LimitedMethod(MethodVisitor method, MethodPlan plan) {
    super(Opcodes.ASM9, method);
    this.plan = plan;
    this.room = new MethodRoom(plan.method().key());
    this.parameters = Type.getArgumentTypes(plan.method().descriptor());
    this.slots = new int[parameters.length];
    int slot = plan.isStatic() ? 0 : 1;
    for (int i = 0; i < parameters.length; i++) {
      slots[i] = slot;
      slot += parameters[i].getSize();
    }
  }

  /** What writes {@code plan} into {@code method}. */
  static LimitedMethod of(MethodVisitor method, MethodPlan plan) {
    return plan.isEntry() ? new EntryWeaver(method, plan) : new HeadWeaver(method, plan);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    room.addHandler();
    super.visitTryCatchBlock(start, end, handler, type);
  }

  @Override
  public void visitLineNumber(int line, Label start) {
    room.addLine();
    super.visitLineNumber(line, start);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    room.checkMaxs(maxStack, maxLocals);
    super.visitMaxs(maxStack, maxLocals);
  }

  /** Gives the calls at the head the line where their method begins. */
  final void visitFirstLine() {
    int line = plan.method().firstLine();
    if (line > 0) {
      Label here = new Label();
      visitLabel(here);
      visitLineNumber(line, here);
    }
  }

  /** Leaves how deep the thread is inside a group on the stack. */
  abstract void loadDepth(int group);

  /** What is to be done before each end of the method. */
  abstract void beforeEnd();

  /** A local variable that nobody uses. */
  abstract int freeSlot();

  /**
   * A frame at the beginning of the body.
   *
   * @param locals the arguments
   */
  abstract void visitBodyFrame(List<Object> locals, @Nullable Object onStack);

  final void takePermits() {
    if (plan.isAsync()) {
      takeLater();
    } else if (plan.fallback() != null) {
      takeOrFallBack(plan.fallback());
    } else {
      List<Integer> arguments = new ArrayList<>();
      SiteSpec spec = spec(arguments, null, null);
      CallSites.call(mv, Linker.TAKE, load(arguments).append('V'), spec, plan.signature());
    }
  }

  /** Room on the stack that {@link #takePermits} needs at most. */
  final int stackForPermits() {
    int size = plan.groups().size() + 2;
    for (Type parameter : parameters) {
      size += parameter.getSize();
    }
    return Math.max(size + 1, 3);
  }

  private void takeOrFallBack(Fallback fallback) {
    List<Integer> arguments = new ArrayList<>();
    SiteSpec spec = spec(arguments, null, null);
    Label body = new Label();
    CallSites.call(
        mv, Linker.REFUSAL, load(arguments).append("L" + THROWABLE + ";"), spec, plan.signature());
    mv.visitInsn(Opcodes.DUP);
    mv.visitVarInsn(Opcodes.ASTORE, freeSlot());
    mv.visitJumpInsn(Opcodes.IFNULL, body);
    if (!fallback.has(Opcodes.ACC_STATIC)) {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
    }
    for (int i = 0; i < parameters.length; i++) {
      loadParameter(i);
    }
    String refusalType = fallback.refusalType();
    if (refusalType != null) {
      mv.visitVarInsn(Opcodes.ALOAD, freeSlot());
      if (!refusalType.equals(THROWABLE)) {
        mv.visitTypeInsn(Opcodes.CHECKCAST, refusalType);
      }
    }
    mv.visitMethodInsn(
        invokes(fallback),
        plan.owner().internalName(),
        fallback.name(),
        fallback.descriptor(),
        plan.owner().isInterface());
    beforeEnd();
    mv.visitInsn(Type.getReturnType(plan.method().descriptor()).getOpcode(Opcodes.IRETURN));
    mv.visitLabel(body);
    visitBodyFrame(initialLocals(), null);
    // The body's own first instruction may have a frame as well.
    mv.visitInsn(Opcodes.NOP);
  }

  private int invokes(Fallback fallback) {
    if (fallback.has(Opcodes.ACC_STATIC)) {
      return Opcodes.INVOKESTATIC;
    }
    if (fallback.has(Opcodes.ACC_PRIVATE)) {
      return Opcodes.INVOKESPECIAL;
    }
    return plan.owner().isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
  }

  private void takeLater() {
    int receiver = plan.isStatic() ? 0 : 1;
    Fallback fallback = plan.fallback();
    SiteSpec spec =
        new SiteSpec(
            siteLimits(receiver),
            plan.groups().size(),
            new SiteMethod(plan.method().name(), plan.method().descriptor(), plan.isStatic()),
            fallback == null
                ? null
                : new SiteMethod(
                    fallback.name(), fallback.descriptor(), fallback.has(Opcodes.ACC_STATIC)));
    StringBuilder type = loadDepths();
    if (receiver == 1) {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      type.append("Ljava/lang/Object;");
    }
    for (int i = 0; i < parameters.length; i++) {
      loadParameter(i);
      type.append(onSite(parameters[i]));
    }
    Type future = Type.getReturnType(plan.method().descriptor());
    CallSites.call(mv, Linker.LATER, type.append(')').append(future), spec, plan.signature());
    Label body = new Label();
    mv.visitInsn(Opcodes.DUP);
    mv.visitJumpInsn(Opcodes.IFNULL, body);
    beforeEnd();
    mv.visitInsn(Opcodes.ARETURN);
    mv.visitLabel(body);
    visitBodyFrame(initialLocals(), future.getInternalName());
    mv.visitInsn(Opcodes.POP);
  }

  /** The limits by all parameters, which the site gets behind {@code before} others. */
  private List<SiteLimit> siteLimits(int before) {
    List<SiteLimit> limits = new ArrayList<>();
    for (Limit limit : plan.limits()) {
      int weight = limit.weightParameter();
      List<Integer> keys = new ArrayList<>();
      for (Integer key : limit.keyParameters()) {
        keys.add(key + before);
      }
      limits.add(siteLimit(limit, weight == Limit.NO_PARAMETER ? weight : weight + before, keys));
    }
    return limits;
  }

  /**
   * The limits by those parameters alone that they speak of.
   *
   * @param arguments gets which those are
   */
  private SiteSpec spec(
      List<Integer> arguments, @Nullable SiteMethod self, @Nullable SiteMethod fallback) {
    List<SiteLimit> limits = new ArrayList<>();
    for (Limit limit : plan.limits()) {
      int weight = limit.weightParameter();
      List<Integer> keys = new ArrayList<>();
      for (Integer key : limit.keyParameters()) {
        keys.add(among(arguments, key));
      }
      limits.add(
          siteLimit(limit, weight == Limit.NO_PARAMETER ? weight : among(arguments, weight), keys));
    }
    return new SiteSpec(limits, plan.groups().size(), self, fallback);
  }

  private static SiteLimit siteLimit(Limit limit, int weightArgument, List<Integer> keys) {
    return new SiteLimit(
        limit.limiter(), limit.weight(), limit.timeoutNanos(), limit.group(), weightArgument, keys);
  }

  private static int among(List<Integer> arguments, Integer parameter) {
    int index = arguments.indexOf(parameter);
    if (index < 0) {
      index = arguments.size();
      arguments.add(parameter);
    }
    return index;
  }

  /** Loads depths and these parameters; the site's descriptor but for what it answers with. */
  private StringBuilder load(List<Integer> arguments) {
    StringBuilder type = loadDepths();
    for (Integer argument : arguments) {
      loadParameter(argument);
      type.append(onSite(parameters[argument]));
    }
    return type.append(')');
  }

  private StringBuilder loadDepths() {
    StringBuilder type = new StringBuilder("(");
    for (int group = 0; group < plan.groups().size(); group++) {
      loadDepth(group);
      type.append('I');
    }
    return type;
  }

  private void loadParameter(int index) {
    mv.visitVarInsn(parameters[index].getOpcode(Opcodes.ILOAD), slots[index]);
  }

  /** Objects as such: a class of the program needn't be loaded to link the site. */
  private static String onSite(Type type) {
    return (type.getSort() == Type.OBJECT && !isBoxedWeight(type)) || type.getSort() == Type.ARRAY
        ? "Ljava/lang/Object;"
        : type.getDescriptor();
  }

  private static boolean isBoxedWeight(Type type) {
    String name = type.getInternalName();
    return name.equals("java/lang/Integer") || name.equals("java/lang/Long");
  }

  private List<Object> initialLocals() {
    List<Object> locals = new ArrayList<>();
    if (!plan.isStatic()) {
      locals.add(plan.owner().internalName());
    }
    for (Type parameter : parameters) {
      locals.add(inFrame(parameter));
    }
    return locals;
  }

  private static Object inFrame(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }
}
