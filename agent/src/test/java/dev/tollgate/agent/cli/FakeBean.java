package dev.tollgate.agent.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/** A bean that answers what it was told to. */
public final class FakeBean implements DynamicMBean {
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();

  /** From now on the attribute has this value. */
  public FakeBean put(String attribute, Object value) {
    attributes.put(attribute, value);
    return this;
  }

  void remove(String attribute) {
    attributes.remove(attribute);
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    if (!attributes.containsKey(attribute)) {
      throw new AttributeNotFoundException(attribute);
    }
    return attributes.get(attribute);
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList values = new AttributeList();
    for (String name : names) {
      if (attributes.containsKey(name)) {
        values.add(new Attribute(name, attributes.get(name)));
      }
    }
    return values;
  }

  @Override
  public void setAttribute(Attribute attribute) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AttributeList setAttributes(AttributeList list) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object invoke(String action, Object[] arguments, String[] signature) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return new MBeanInfo(
        FakeBean.class.getName(), "a fake", new MBeanAttributeInfo[0], null, null, null);
  }
}
