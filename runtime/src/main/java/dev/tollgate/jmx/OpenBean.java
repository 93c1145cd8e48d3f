package dev.tollgate.jmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfo;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenMBeanParameterInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * A bean that is a list of attributes and operations, each with its description and unit.
 *
 * <p>Not an MXBean: those give JConsole parameters named p0 and tables nested in tables, and take
 * no units.
 */
final class OpenBean implements DynamicMBean {
  private final Map<String, Supplier<?>> attributes;
  private final Map<String, Function<String, ?>> operations;
  private final MBeanInfo info;

  private OpenBean(Builder builder) {
    this.attributes = Map.copyOf(builder.attributes);
    this.operations = Map.copyOf(builder.operations);
    this.info =
        new OpenMBeanInfoSupport(
            OpenBean.class.getName(),
            builder.description,
            builder.attributeInfos.toArray(new OpenMBeanAttributeInfo[0]),
            null,
            builder.operationInfos.toArray(new OpenMBeanOperationInfo[0]),
            null);
  }

  static Builder describedAs(String description) {
    return new Builder(description);
  }

  @Override
  public @Nullable Object getAttribute(String name) throws AttributeNotFoundException {
    Supplier<?> attribute = attributes.get(name);
    if (attribute == null) {
      throw new AttributeNotFoundException(
          "no attribute " + name + "; there are " + String.join(", ", attributes.keySet()));
    }
    return attribute.get();
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList values = new AttributeList();
    for (String name : names) {
      Supplier<?> attribute = attributes.get(name);
      if (attribute != null) {
        values.add(new Attribute(name, attribute.get()));
      }
    }
    return values;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " can't be written");
  }

  @Override
  public AttributeList setAttributes(AttributeList list) {
    return new AttributeList();
  }

  @Override
  public @Nullable Object invoke(
      String name, Object @Nullable [] arguments, String @Nullable [] signature)
      throws MBeanException, ReflectionException {
    Function<String, ?> operation = operations.get(name);
    if (operation == null || arguments == null || arguments.length != 1) {
      throw new ReflectionException(
          new NoSuchMethodException(name), "no operation " + name + " of these arguments");
    }
    try {
      return operation.apply((String) arguments[0]);
    } catch (RuntimeException e) {
      // A JDK exception: the caller's side hasn't our classes.
      throw new MBeanException(new IllegalArgumentException(e.getMessage()), e.getMessage());
    }
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }

  static final class Builder {
    private final String description;
    private final Map<String, Supplier<?>> attributes = new LinkedHashMap<>();
    private final Map<String, Function<String, ?>> operations = new LinkedHashMap<>();
    private final List<OpenMBeanAttributeInfo> attributeInfos = new ArrayList<>();
    private final List<OpenMBeanOperationInfo> operationInfos = new ArrayList<>();

    private Builder(String description) {
      this.description = description;
    }

    /** A read-only attribute without a unit. */
    <T> Builder attribute(
        String name, String about, OpenType<T> type, Supplier<? extends T> value) {
      return attribute(name, about, "", type, value);
    }

    /** A read-only attribute in {@code unit}, which is empty where there is none. */
    <T> Builder attribute(
        String name, String about, String unit, OpenType<T> type, Supplier<? extends T> value) {
      attributes.put(name, value);
      ImmutableDescriptor descriptor =
          unit.isEmpty()
              ? ImmutableDescriptor.EMPTY_DESCRIPTOR
              : new ImmutableDescriptor("units=" + unit);
      attributeInfos.add(
          new OpenMBeanAttributeInfoSupport(name, about, type, true, false, false, descriptor));
      return this;
    }

    /** An operation that changes something, with one text for its argument. */
    Builder action(
        String name,
        String about,
        String parameter,
        String parameterAbout,
        Function<String, ?> body) {
      operations.put(name, body);
      operationInfos.add(
          new OpenMBeanOperationInfoSupport(
              name,
              about,
              new OpenMBeanParameterInfo[] {
                new OpenMBeanParameterInfoSupport(parameter, parameterAbout, SimpleType.STRING)
              },
              SimpleType.VOID,
              OpenMBeanOperationInfoSupport.ACTION));
      return this;
    }

    OpenBean build() {
      return new OpenBean(this);
    }
  }
}
