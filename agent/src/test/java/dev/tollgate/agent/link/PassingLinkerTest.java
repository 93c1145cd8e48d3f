package dev.tollgate.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;

class PassingLinkerTest {

  @Test
  void everyFormPasses() throws Throwable {
    link("take", MethodType.methodType(void.class)).invokeExact();
    Object future =
        link("later", MethodType.methodType(Object.class, Object.class)).invoke((Object) "self");
    assertThat(future).isNull();
  }

  @Test
  void whoCountsHasACellToCountIn() throws Throwable {
    int[] cell = (int[]) link("enter", MethodType.methodType(int[].class)).invokeExact();
    assertThat(cell).hasSize(1);
  }

  private static MethodHandle link(String form, MethodType type) {
    return new PassingLinker()
        .apply(new Object[] {MethodHandles.lookup(), form, type, "limiter", "method"})
        .dynamicInvoker();
  }
}
