package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularType;
import org.junit.jupiter.api.Test;

class AgentBeanTest {
  private final FixedView view = new FixedView();
  private final Beans beans = new Beans(AgentBean.of(view, null));

  @Test
  void hasTheContractsAttributesAndNoOthers() throws Exception {
    assertThat(beans.attributes().keySet())
        .containsExactlyInAnyOrder(
            "Version", "ConfigSource", "ReloadFailure", "Woven", "Missed", "WeaveMillis");
    assertThat(beans.units()).isEqualTo(Map.of("WeaveMillis", "ms"));
    assertThat(beans.server().getMBeanInfo(beans.name()).getOperations()).isEmpty();
    for (MBeanAttributeInfo info : beans.attributes().values()) {
      assertThat(info.getDescription()).as(info.getName()).isNotBlank();
      assertThat(((OpenMBeanAttributeInfo) info).getOpenType().isValue(beans.get(info.getName())))
          .as("type of %s", info.getName())
          .isTrue();
    }
  }

  @Test
  void showsTheAgentAsItIs() throws Exception {
    assertThat(beans.get("Version")).isEqualTo("1.2.3");
    assertThat(beans.get("ConfigSource")).isEqualTo("defaults");
    assertThat(beans.get("ReloadFailure")).isEqualTo("t.conf:1: no");
    assertThat(beans.get("WeaveMillis")).isEqualTo(12.5);
  }

  @Test
  void itsTablesAreFlatAndTheirColumnsTheContracts() throws Exception {
    assertColumns("Woven", "class", "method", "loader", "limiter", "note");
    assertColumns("Missed", "class", "method", "why");
  }

  @Test
  void showsEachWovenMethodInARow() throws Exception {
    view.woven.add(new WovenMethod("a.B", "send(String,int)", "app", "billing", "a note"));
    view.woven.add(new WovenMethod("a.B", "send(String,int)", "app", "github_api", ""));
    TabularData table = (TabularData) beans.get("Woven");
    assertThat(table.size()).isEqualTo(2);
    CompositeData row =
        table.get(new Object[] {"a.B", "send(String,int)", "app", "billing", "a note"});
    assertThat(row.get("class")).isEqualTo("a.B");
    assertThat(row.get("method")).isEqualTo("send(String,int)");
    assertThat(row.get("loader")).isEqualTo("app");
    assertThat(row.get("limiter")).isEqualTo("billing");
    assertThat(row.get("note")).isEqualTo("a note");
  }

  @Test
  void showsEqualRowsOnce() throws Exception {
    MissedMethod missed = new MissedMethod("a.B", "", "why not");
    view.missed.addAll(List.of(missed, missed, new MissedMethod("a.B", "c()", "why not")));
    assertThat(((TabularData) beans.get("Missed")).size()).isEqualTo(2);
  }

  @Test
  void saysWhereTheKeyToDetachIs() {
    List<String> keys = new ArrayList<>();
    Beans leaving = new Beans(AgentBean.of(view, keys::add));
    assertThatThrownBy(() -> leaving.invoke("detach", new Object[] {null}))
        .isInstanceOf(MBeanException.class)
        .hasMessageStartingWith("key is null; it must be a text: what the command detach finds");
    assertThat(keys).isEmpty();
  }

  private void assertColumns(String attribute, String... columns) throws Exception {
    TabularType type =
        (TabularType) ((OpenMBeanAttributeInfo) beans.attributes().get(attribute)).getOpenType();
    assertThat(type.getRowType().keySet()).containsExactlyInAnyOrder(columns);
    assertThat(type.getIndexNames()).containsExactly(columns);
    for (String column : columns) {
      OpenType<?> cell = type.getRowType().getType(column);
      assertThat(cell).as(column).isEqualTo(SimpleType.STRING);
      assertThat(type.getRowType().getDescription(column)).as(column).isNotBlank();
    }
    assertThat(((TabularData) beans.get(attribute)).isEmpty()).isTrue();
  }

  private static final class FixedView implements AgentView {
    final List<WovenMethod> woven = new ArrayList<>();
    final List<MissedMethod> missed = new ArrayList<>();

    @Override
    public String version() {
      return "1.2.3";
    }

    @Override
    public String configSource() {
      return "defaults";
    }

    @Override
    public String reloadFailure() {
      return "t.conf:1: no";
    }

    @Override
    public List<WovenMethod> woven() {
      return woven;
    }

    @Override
    public List<MissedMethod> missed() {
      return missed;
    }

    @Override
    public double weaveMillis() {
      return 12.5;
    }
  }
}
