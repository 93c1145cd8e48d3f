package dev.tollgate.jmx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
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
class OpenBean implements DynamicMBean {
  private static final Object[] NONE = {};

  private final Map<String, Supplier<?>> attributes;
  private final Map<String, Operation> operations;
  private final Map<String, String> withheld;
  private final MBeanInfo info;

  private OpenBean(Builder builder) {
    // In their order, which messages keep.
    this.attributes = Collections.unmodifiableMap(builder.attributes);
    this.operations = Collections.unmodifiableMap(builder.operations);
    this.withheld = Map.copyOf(builder.withheld);
    this.info =
        new OpenMBeanInfoSupport(
            OpenBean.class.getName(),
            builder.description,
            builder.attributeInfos.toArray(new OpenMBeanAttributeInfo[0]),
            null,
            builder.operationInfos.toArray(new OpenMBeanOperationInfo[0]),
            builder.emitter == null ? null : builder.emitter.getNotificationInfo());
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
    Operation operation = operations.get(name);
    Object[] given = arguments == null ? NONE : arguments;
    if (operation == null || operation.parameters != given.length) {
      String why = withheld.getOrDefault(name, noOperation(name));
      throw new ReflectionException(new NoSuchMethodException(why), why);
    }
    try {
      return operation.body.apply(given);
    } catch (RuntimeException e) {
      // A JDK exception: the caller's side hasn't our classes.
      throw new MBeanException(new IllegalArgumentException(e.getMessage()), e.getMessage());
    }
  }

  private String noOperation(String name) {
    StringJoiner there =
        new StringJoiner(", ", "; there are ", "").setEmptyValue("; there is none");
    for (Operation operation : operations.values()) {
      there.add(operation.usage);
    }
    return "no operation " + name + " of these arguments" + there;
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }

  static final class Builder {
    private final String description;
    private final Map<String, Supplier<?>> attributes = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, String> withheld = new HashMap<>();
    private final List<OpenMBeanAttributeInfo> attributeInfos = new ArrayList<>();
    private final List<OpenMBeanOperationInfo> operationInfos = new ArrayList<>();
    private @Nullable BackgroundEmitter emitter;

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

    /** An operation that does something, without arguments. */
    Builder action(String name, String about, Runnable body) {
      return operation(
          name,
          about,
          arguments -> {
            body.run();
            return null;
          });
    }

    /**
     * An operation that changes something, with one text for its argument.
     *
     * @param parameterAbout also what a message says that it must be
     */
    Builder action(
        String name,
        String about,
        String parameter,
        String parameterAbout,
        Function<String, ?> body) {
      return operation(
          name,
          about,
          arguments -> {
            if (arguments[0] instanceof String text) {
              return body.apply(text);
            }
            throw new IllegalArgumentException(
                parameter + " is " + arguments[0] + "; it must be a text: " + parameterAbout);
          },
          new OpenMBeanParameterInfoSupport(parameter, parameterAbout, SimpleType.STRING));
    }

    /** An operation that changes something, with any arguments, which {@code body} must check. */
    Builder action(
        String name,
        String about,
        List<OpenMBeanParameterInfo> parameters,
        Consumer<Object[]> body) {
      return operation(
          name,
          about,
          arguments -> {
            body.accept(arguments);
            return null;
          },
          parameters.toArray(new OpenMBeanParameterInfo[0]));
    }

    private Builder operation(
        String name,
        String about,
        Function<Object[], ? extends @Nullable Object> body,
        OpenMBeanParameterInfo... parameters) {
      StringJoiner usage = new StringJoiner(", ", name + "(", ")");
      for (OpenMBeanParameterInfo parameter : parameters) {
        usage.add(parameter.getName());
      }
      operations.put(name, new Operation(usage.toString(), parameters.length, body));
      operationInfos.add(
          new OpenMBeanOperationInfoSupport(
              name, about, parameters, SimpleType.VOID, OpenMBeanOperationInfoSupport.ACTION));
      return this;
    }

    /** An operation that isn't shown and can't be called; whoever calls it is told {@code why}. */
    Builder withheld(String name, String why) {
      withheld.put(name, why);
      return this;
    }

    /** The bean sends what {@code source} sends, and closes it when it isn't registered. */
    Builder notifications(BackgroundEmitter source) {
      emitter = source;
      return this;
    }

    OpenBean build() {
      return emitter == null ? new OpenBean(this) : new Emitting(this, emitter);
    }
  }

  /** How it is called, with so many parameters, and what to do with the arguments. */
  private record Operation(
      String usage, int parameters, Function<Object[], ? extends @Nullable Object> body) {}

  /** Apart from the others, which clients would otherwise offer to subscribe to. */
  private static final class Emitting extends OpenBean
      implements NotificationEmitter, MBeanRegistration {
    private final BackgroundEmitter emitter;

    Emitting(Builder builder, BackgroundEmitter emitter) {
      super(builder);
      this.emitter = emitter;
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
      return emitter.getNotificationInfo();
    }

    @Override
    public void addNotificationListener(
        NotificationListener listener,
        @Nullable NotificationFilter filter,
        @Nullable Object handback) {
      emitter.addNotificationListener(listener, filter, handback);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener)
        throws ListenerNotFoundException {
      emitter.removeNotificationListener(listener);
    }

    @Override
    public void removeNotificationListener(
        NotificationListener listener,
        @Nullable NotificationFilter filter,
        @Nullable Object handback)
        throws ListenerNotFoundException {
      emitter.removeNotificationListener(listener, filter, handback);
    }

    @Override
    public @Nullable ObjectName preRegister(MBeanServer server, @Nullable ObjectName name) {
      return name;
    }

    @Override
    public void postRegister(Boolean registered) {
      if (!registered) {
        emitter.close();
      }
    }

    @Override
    public void preDeregister() {}

    @Override
    public void postDeregister() {
      emitter.close();
    }
  }
}
