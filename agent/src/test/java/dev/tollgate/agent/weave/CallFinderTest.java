package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class CallFinderTest {
  private final CallFinder constructor = new CallFinder("p/Type", "p/Super", "<init>");
  private final CallFinder bridge = new CallFinder("p/Type", "p/Super", "send");

  @Test
  void aConstructorBeginsWithTheFirstOneThatItCallsOnItself() {
    construct("p/Other");
    construct("p/Type");
    construct("p/Super");

    assertThat(constructor.callsThis()).isTrue();
  }

  @Test
  void oneThatBeginsWithItsSuperclassMayMakeMoreOfItsOwn() {
    construct("p/Super");
    construct("p/Type");

    assertThat(constructor.callsThis()).isFalse();
  }

  @Test
  void anArgumentThatIsMadeBeforeIsNoBeginning() {
    constructor.visitTypeInsn(Opcodes.NEW, "p/Super");
    constructor.visitTypeInsn(Opcodes.NEW, "p/Type");
    construct("p/Type");
    construct("p/Super");
    assertThat(constructor.callsThis()).isFalse();

    construct("p/Type");
    assertThat(constructor.callsThis()).isTrue();
  }

  @Test
  void aBridgeGoesToTheFirstMethodOfItsNameThatIsNotStatic() {
    bridge.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "p/Type", "other", "()V", false);
    bridge.visitMethodInsn(Opcodes.INVOKESTATIC, "p/Type", "send", "(J)V", false);
    assertThat(bridge.bridgeTo()).isNull();

    bridge.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "p/Type", "send", "(I)V", false);
    bridge.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "p/Type", "send", "(Z)V", false);
    assertThat(bridge.bridgeTo()).isEqualTo("(I)V");
  }

  private void construct(String type) {
    constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
  }
}
