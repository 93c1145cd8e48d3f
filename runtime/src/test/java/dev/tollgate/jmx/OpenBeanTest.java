package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;
import javax.management.RuntimeOperationsException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.SimpleType;
import org.junit.jupiter.api.Test;

class OpenBeanTest {
  private final List<String> done = new ArrayList<>();
  private final Beans beans =
      new Beans(
          OpenBean.describedAs("a bean")
              .attribute("Long", "a number", "tokens", SimpleType.LONG, () -> 5L)
              .attribute("Text", "a text", SimpleType.STRING, () -> "now " + done.size())
              .action("act", "does it", "what", "what to do", this::act)
              .action("again", "does the last again", this::again)
              .build());

  @Test
  void describesItselfItsAttributesAndItsOperations() throws Exception {
    MBeanInfo info = beans.server().getMBeanInfo(beans.name());
    assertThat(info.getDescription()).isEqualTo("a bean");
    MBeanAttributeInfo number = beans.attributes().get("Long");
    assertThat(number.getDescription()).isEqualTo("a number");
    assertThat(number.getDescriptor().getFieldValue("units")).isEqualTo("tokens");
    assertThat(((OpenMBeanAttributeInfo) number).getOpenType()).isEqualTo(SimpleType.LONG);
    assertThat(number.isReadable()).isTrue();
    assertThat(number.isWritable()).isFalse();
    assertThat(beans.attributes().get("Text").getDescriptor().getFieldValue("units")).isNull();

    assertThat(info.getOperations()).hasSize(2);
    MBeanOperationInfo action = info.getOperations()[0];
    assertThat(action.getName()).isEqualTo("act");
    assertThat(action.getDescription()).isEqualTo("does it");
    assertThat(action.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
    assertThat(action.getReturnType()).isEqualTo("java.lang.Void");
    MBeanParameterInfo parameter = action.getSignature()[0];
    assertThat(parameter.getName()).isEqualTo("what");
    assertThat(parameter.getDescription()).isEqualTo("what to do");
    assertThat(parameter.getType()).isEqualTo("java.lang.String");
  }

  @Test
  void describesAnOperationWithoutArguments() throws Exception {
    MBeanOperationInfo action = beans.server().getMBeanInfo(beans.name()).getOperations()[1];
    assertThat(action.getName()).isEqualTo("again");
    assertThat(action.getDescription()).isEqualTo("does the last again");
    assertThat(action.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
    assertThat(action.getReturnType()).isEqualTo("java.lang.Void");
    assertThat(action.getSignature()).isEmpty();
  }

  @Test
  void doesAnOperationWithoutArgumentsHoweverTheyAreLeftOut() throws Exception {
    beans.invoke("act", "it");
    assertThat(beans.invoke("again")).isNull();
    beans.server().invoke(beans.name(), "again", null, null);
    assertThat(done).containsExactly("it", "it", "it");
  }

  @Test
  void sendsNoNotificationsUnlessItHasSome() throws Exception {
    assertThat(beans.server().getMBeanInfo(beans.name()).getNotifications()).isEmpty();
    assertThatThrownBy(
            () -> beans.server().addNotificationListener(beans.name(), (n, h) -> {}, null, null))
        .isInstanceOf(RuntimeOperationsException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsAValueEachTimeItIsAsked() throws Exception {
    assertThat(beans.get("Text")).isEqualTo("now 0");
    beans.invoke("act", "once");
    assertThat(beans.get("Text")).isEqualTo("now 1");
  }

  @Test
  void readsSeveralAndLeavesOutThoseThatAreNotThere() throws Exception {
    AttributeList values =
        beans.server().getAttributes(beans.name(), new String[] {"Long", "Nothing", "Text"});
    assertThat(values.asList())
        .containsExactly(new Attribute("Long", 5L), new Attribute("Text", "now 0"));
  }

  @Test
  void saysWhichAttributesThereAre() {
    assertThatThrownBy(() -> beans.get("Nothing"))
        .isInstanceOf(AttributeNotFoundException.class)
        .hasMessageContaining("Nothing")
        .hasMessageContaining("Long")
        .hasMessageContaining("Text");
  }

  @Test
  void cannotBeWritten() throws Exception {
    assertThatThrownBy(() -> beans.server().setAttribute(beans.name(), new Attribute("Long", 6L)))
        .isInstanceOf(AttributeNotFoundException.class)
        .hasMessageContaining("Long");
    AttributeList list = new AttributeList(List.of(new Attribute("Long", 6L)));
    assertThat(beans.server().setAttributes(beans.name(), list)).isEmpty();
    assertThat(beans.get("Long")).isEqualTo(5L);
  }

  @Test
  void saysWhichOperationsThereAreInPlaceOfThoseThatItHasNot() {
    assertRefused("no operation nothing of these arguments; there are act(what), again()", "x");
    assertRefused("no operation act of these arguments; there are act(what), again()");
    assertRefused("no operation act of these arguments; there are act(what), again()", "a", "b");
    assertRefused("no operation again of these arguments; there are act(what), again()", "a");
    assertThat(done).isEmpty();
  }

  private void assertRefused(String message, Object... arguments) {
    String operation = message.split(" ")[2];
    assertThatThrownBy(() -> beans.invoke(operation, arguments))
        .isInstanceOf(ReflectionException.class)
        .hasMessage(message)
        .hasRootCauseMessage(message)
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);
  }

  @Test
  void saysWhatAnArgumentMustBe() {
    for (Object wrong : new Object[] {null, 1L, 'x'}) {
      assertThatThrownBy(() -> beans.invoke("act", new Object[] {wrong}))
          .isInstanceOf(MBeanException.class)
          .hasMessage("what is " + wrong + "; it must be a text: what to do")
          .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    }
    assertThat(done).isEmpty();
  }

  @Test
  void aFailureReachesTheClientInClassesOfTheJdk() {
    assertThatThrownBy(() -> beans.invoke("act", "fail"))
        .isInstanceOf(MBeanException.class)
        .hasMessage("can't fail")
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    assertThatThrownBy(() -> beans.invoke("again"))
        .isInstanceOf(MBeanException.class)
        .hasMessage("nothing was done yet")
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);
  }

  static void assertOnlyJdkClasses(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      assertThat(t.getClass().getName()).startsWith("java");
      for (Throwable suppressed : t.getSuppressed()) {
        assertOnlyJdkClasses(suppressed);
      }
    }
  }

  private Object act(String what) {
    if (what.equals("fail")) {
      throw new OwnException("can't fail");
    }
    done.add(what);
    return null;
  }

  private void again() {
    if (done.isEmpty()) {
      throw new OwnException("nothing was done yet");
    }
    done.add(done.get(done.size() - 1));
  }

  private static final class OwnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OwnException(String message) {
      super(message);
    }
  }
}
