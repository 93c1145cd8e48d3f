package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A method as its class file declares it.
 *
 * @param access its flags
 * @param own the limits that it carries itself
 * @param parameters Tollgate's annotations on its parameters
 * @param maxLocals slots of its local variables; 0 where it has no body
 * @param firstLine the line of the source where its body begins; 0 where that isn't known
 * @param bridgeTo of a bridge: the descriptor of the method of the same name that it calls
 * @param forwards whether a compiler made it to call another method of the class, which takes
 * @param passesOnTo if its class is {@linkplain ClassDeclarations#isGenerated generated}: types
 *     with slashes, one of whose methods of this name and descriptor each call is passed on to
 * @param callsThis of a constructor: whether it begins with {@code this(…)}
 */
record MethodDeclarations(
    int access,
    String name,
    String descriptor,
    List<Declaration> own,
    List<ParameterDeclaration> parameters,
    int maxLocals,
    int firstLine,
    @Nullable String bridgeTo,
    boolean forwards,
    List<String> passesOnTo,
    boolean callsThis) {

  private static final String CONTINUATION = "Lkotlin/coroutines/Continuation;";

  boolean has(int flag) {
    return (access & flag) != 0;
  }

  /** Made by a compiler; a bridge carries the annotations of the method that it calls. */
  boolean isCompilersOwn() {
    return forwards || has(Opcodes.ACC_BRIDGE) || has(Opcodes.ACC_SYNTHETIC);
  }

  /** The same as if the source had none of Tollgate's annotations there. */
  MethodDeclarations withoutAnnotations() {
    return bare(forwards);
  }

  /** The same, without annotations, as a method that {@link #forwards}. */
  MethodDeclarations asForwarder() {
    return bare(true);
  }

  /** The same, known to {@linkplain #passesOnTo pass on} each call. */
  MethodDeclarations passingOnTo(List<String> types) {
    return new MethodDeclarations(
        access,
        name,
        descriptor,
        own,
        parameters,
        maxLocals,
        firstLine,
        bridgeTo,
        forwards,
        types,
        callsThis);
  }

  private MethodDeclarations bare(boolean isForwarder) {
    return new MethodDeclarations(
        access,
        name,
        descriptor,
        List.of(),
        List.of(),
        maxLocals,
        firstLine,
        bridgeTo,
        isForwarder,
        passesOnTo,
        callsThis);
  }

  String key() {
    return name.concat(descriptor);
  }

  boolean isInitializer() {
    return name.startsWith("<");
  }

  boolean isAbstract() {
    return has(Opcodes.ACC_ABSTRACT);
  }

  /** Whether it is called by way of the object's class, hence may override or be overridden. */
  boolean isVirtual() {
    return !has(Opcodes.ACC_STATIC) && !has(Opcodes.ACC_PRIVATE) && !isInitializer();
  }

  /** Whether it is named as a generator names the method by which another one can be called. */
  boolean isAccessorOf(MethodDeclarations other) {
    return descriptor.equals(other.descriptor)
        && name.contains(other.name)
        && name.indexOf('$') >= 0
        && !name.startsWith("lambda$");
  }

  /** Visible to all, or to subclasses wherever they stand. */
  boolean isSeenOutsideItsPackage() {
    return has(Opcodes.ACC_PUBLIC) || has(Opcodes.ACC_PROTECTED);
  }

  boolean isMain() {
    return has(Opcodes.ACC_STATIC)
        && name.equals("main")
        && descriptor.equals("([Ljava/lang/String;)V");
  }

  /** A Kotlin suspend function: its last parameter is what to go on with. */
  boolean isSuspend() {
    return descriptor.contains(CONTINUATION.concat(")"));
  }

  /** How many slots a call's arguments take, and a receiver. */
  int argumentSlots() {
    return Type.getArgumentsAndReturnSizes(descriptor) >> 2;
  }

  String returnType() {
    return Type.getReturnType(descriptor).getClassName();
  }

  /** {@code send(String,int)}. */
  String signature() {
    return Signatures.of(name, descriptor);
  }
}
