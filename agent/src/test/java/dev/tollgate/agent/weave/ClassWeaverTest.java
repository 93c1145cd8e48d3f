package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.typesafe.config.Config;
import dev.tollgate.agent.report.ClassReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

/** Woven bytes as the JVM's verifier and other readers see them. */
class ClassWeaverTest {
  private static final Limit LIMIT = new Limit("limit", 1, -1, 0);

  @Test
  void theVerifierAcceptsEveryMethodOfAFewHundredClassesWithACallAtItsHead() throws Exception {
    verifyAll(Config.class, false);
    verifyAll(JavaClasses.class, false);
  }

  @Test
  void theVerifierAcceptsEveryMethodOfAFewHundredClassesChargedOnceAnEntry() throws Exception {
    verifyAll(Config.class, true);
    verifyAll(JavaClasses.class, true);
  }

  @Test
  void theVerifierIsReallyAsked() {
    ClassFiles.ChangingLoader loader =
        new ClassFiles.ChangingLoader(Samples.class.getName(), (name, file) -> withoutFrames(file));
    assertThatThrownBy(
            () ->
                Class.forName(Samples.class.getName() + "$Type", false, loader)
                    .getDeclaredMethods())
        .isInstanceOf(VerifyError.class);
  }

  @Test
  void theDepthHasItsPlaceBehindAnyNumberOfLocals() throws Exception {
    for (int locals : new int[] {0, 1, 254, 255, 256, 257, 300, 65_000}) {
      byte[] file = manyLocals(locals);
      ClassPlan plan = planOf(file, true);
      byte[] woven = ClassWeaver.weave(new ClassReader(file), plan, PresentSites.NONE);
      Class<?> type = new Defining().define("Many", woven);
      assertThat(type.getDeclaredMethods()).as("%d locals", locals).hasSize(1);
    }
  }

  @Test
  void methodsThatAreNotPlannedStayAsTheyWere() {
    byte[] file = ClassFiles.of(Samples.Kinds.class);
    byte[] woven = ClassFiles.weave(file);
    Map<String, List<String>> calls = wovenCalls(woven);
    assertThat(calls.keySet())
        .containsExactlyInAnyOrderElementsOf(ClassFiles.plan(file).methods().keySet());
    assertThat(calls)
        .doesNotContainKey("<init>()V")
        .doesNotContainKey("callPrivateOne()Ljava/lang/String;");
    assertThat(calls.get("twice()V"))
        .as("both limits are one call")
        .containsExactly("look()[I twice()", "take(I)V twice()");
    assertThat(calls.get("privateOne()Ljava/lang/String;"))
        .as("a method that nothing overrides")
        .containsExactly("take()V privateOne()");
    assertThat(calls.get("<init>(I)V")).containsExactly("take()V <init>(int)");
    assertThat(wovenCalls(file)).isEmpty();
  }

  @Test
  void aMethodOfATypeCallsNothingOnItsWayOut() {
    assertThat(wovenCalls(ClassFiles.weave(ClassFiles.of(Samples.Type.class))).get("catches()I"))
        .containsExactly("enter()[I catches()", "take(I)V catches()");
  }

  @Test
  void theClassFileKeepsItsVersionAndEverythingElse() {
    byte[] file = ClassFiles.of(Samples.Point.class);
    ClassReader before = new ClassReader(file);
    ClassReader after = new ClassReader(ClassFiles.weave(file));
    assertThat(after.readInt(4)).isEqualTo(before.readInt(4));
    assertThat(after.getAccess()).isEqualTo(before.getAccess());
    assertThat(after.getSuperName()).isEqualTo(before.getSuperName());
    assertThat(members(after)).isEqualTo(members(before));
  }

  @Test
  void theOldestClassFilesThatCanBeWovenAreVerified() throws Exception {
    byte[] file = manyLocals(3);
    file[7] = Opcodes.V1_7;
    byte[] woven = ClassWeaver.weave(new ClassReader(file), planOf(file, true), PresentSites.NONE);
    assertThat(new Defining().define("Many", woven).getDeclaredMethods()).hasSize(1);
  }

  private static void verifyAll(Class<?> example, boolean oncePerEntry) throws Exception {
    int[] methods = new int[1];
    String prefix = example.getPackageName() + ".";
    ClassFiles.ChangingLoader loader =
        new ClassFiles.ChangingLoader(
            prefix,
            (name, file) -> {
              ClassPlan plan = planOf(file, oncePerEntry);
              methods[0] += plan.methods().size();
              return ClassWeaver.weave(new ClassReader(file), plan, PresentSites.NONE);
            });
    int classes = 0;
    for (String name : ClassFiles.inTheJarOf(example)) {
      if (name.startsWith(prefix)) {
        // Looking for its methods is what links, and so verifies, a class without running it.
        Class.forName(name, false, loader).getDeclaredMethods();
        classes++;
      }
    }
    assertThat(classes).isGreaterThan(100);
    assertThat(methods[0]).isGreaterThan(1_000);
  }

  /** Every method that has a body. */
  private static List<Group> groups(boolean oncePerEntry) {
    Group.Kind kind = oncePerEntry ? Group.Kind.ENTRY : Group.Kind.EACH;
    return List.of(new Group("a.B", "c", kind), new Group("a.D", "", kind));
  }

  private static ClassPlan planOf(byte[] file, boolean oncePerEntry) {
    ClassDeclarations type = DeclarationReader.read(new ClassReader(file));
    Map<String, MethodPlan> methods = new LinkedHashMap<>();
    for (MethodDeclarations method : type.methods()) {
      boolean hasBody = !method.has(Opcodes.ACC_ABSTRACT) && !method.has(Opcodes.ACC_NATIVE);
      if (hasBody && !(oncePerEntry && method.isInitializer())) {
        methods.put(
            method.name() + method.descriptor(),
            new MethodPlan(
                new MethodPlan.Owner(type.name().replace('.', '/'), type.isInterface()),
                method,
                List.of(LIMIT, byAllParameters(method)),
                groups(oncePerEntry),
                fallback(method)));
      }
    }
    return new ClassPlan(type.name(), methods, List.of(), new ClassReport(List.of(), List.of()));
  }

  private static Limit byAllParameters(MethodDeclarations method) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < Type.getArgumentTypes(method.descriptor()).length; i++) {
      all.add(i);
    }
    return new Limit("limit", 1, -1, 1).of(Limit.NO_PARAMETER, all);
  }

  /** The method itself: what it does is nothing to the verifier. */
  private static Fallback fallback(MethodDeclarations method) {
    return method.isInitializer()
        ? null
        : new Fallback(method.access(), method.name(), method.descriptor(), null);
  }

  /** A static method with a branch, so that there is a frame, and so many slots. */
  private static byte[] manyLocals(int locals) {
    ClassWriter file = new ClassWriter(0);
    file.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Many", null, "java/lang/Object", null);
    MethodVisitor code =
        file.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()I", null, null);
    code.visitCode();
    Label end = new Label();
    if (locals > 1) {
      code.visitInsn(Opcodes.LCONST_1);
      code.visitVarInsn(Opcodes.LSTORE, locals - 2);
    }
    code.visitInsn(Opcodes.ICONST_1);
    code.visitJumpInsn(Opcodes.IFEQ, end);
    code.visitInsn(Opcodes.ICONST_2);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(end);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitInsn(Opcodes.ICONST_3);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(2, locals);
    code.visitEnd();
    file.visitEnd();
    return file.toByteArray();
  }

  private static byte[] withoutFrames(byte[] file) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(file).accept(writer, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** By name and descriptor of the method, the calls to the dispatcher as it gets them. */
  private static Map<String, List<String>> wovenCalls(byte[] file) {
    Map<String, List<String>> calls = new LinkedHashMap<>();
    new ClassReader(file)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  String signature,
                  String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInvokeDynamicInsn(
                      String form, String type, Handle bootstrap, Object... arguments) {
                    if (bootstrap.getOwner().equals("java/lang/TollgateDispatcher")) {
                      calls
                          .computeIfAbsent(name + descriptor, key -> new ArrayList<>())
                          .add(form + type + " " + arguments[1]);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }

  private static List<String> members(ClassReader file) {
    List<String> members = new ArrayList<>();
    ClassDeclarations type = DeclarationReader.read(file);
    members.add(type.onType().toString());
    for (MethodDeclarations method : type.methods()) {
      members.add(method.access() + method.name() + method.descriptor() + method.own());
    }
    return members;
  }

  private static final class Defining extends ClassLoader {
    Class<?> define(String name, byte[] file) {
      return defineClass(name, file, 0, file.length);
    }
  }
}
