package dev.tollgate.agent.cli.jvm;

import java.io.ObjectInputFilter;
import java.util.Set;

/**
 * Lets only those classes be deserialised of which the answers of JMX beans are made: stubs, open
 * types with plain values, and the JDK's exceptions. Java serialisation runs code of each class
 * that a stream names, and the process at the other end may be hostile to the user, root for one,
 * who asks.
 */
final class AnswerFilter implements ObjectInputFilter {
  private static final long MOST_DEPTH = 40;
  private static final long MOST_REFERENCES = 2_000_000;
  private static final long MOST_ELEMENTS = 1_000_000;

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Object",
          "java.lang.String",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Number",
          "java.lang.Short",
          "java.lang.StackTraceElement",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.rmi.server.ObjID",
          "java.rmi.server.RemoteObject",
          "java.rmi.server.RemoteStub",
          "java.rmi.server.UID",
          "java.util.AbstractCollection",
          "java.util.AbstractList",
          "java.util.AbstractMap",
          "java.util.ArrayList",
          "java.util.Arrays$ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$UnmodifiableCollection",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableRandomAccessList",
          "java.util.Date",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.LinkedHashMap",
          "java.util.Map$Entry",
          "java.util.TreeMap",
          "javax.management.Attribute",
          "javax.management.AttributeList",
          "javax.management.ObjectInstance",
          "javax.management.ObjectName",
          "javax.management.openmbean.ArrayType",
          "javax.management.openmbean.CompositeDataSupport",
          "javax.management.openmbean.CompositeType",
          "javax.management.openmbean.OpenType",
          "javax.management.openmbean.SimpleType",
          "javax.management.openmbean.TabularDataSupport",
          "javax.management.openmbean.TabularType",
          "javax.management.remote.rmi.RMIConnectionImpl_Stub",
          "javax.management.remote.rmi.RMIServerImpl_Stub");

  @Override
  public Status checkInput(FilterInfo info) {
    if (info.depth() > MOST_DEPTH
        || info.references() > MOST_REFERENCES
        || info.arrayLength() > MOST_ELEMENTS
        || info.streamBytes() > BoundedSocket.MOST_BYTES) {
      return Status.REJECTED;
    }
    Class<?> type = info.serialClass();
    if (type == null) {
      return Status.UNDECIDED;
    }
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return type.isPrimitive() || CLASSES.contains(type.getName()) || isExceptionOfTheJdk(type)
        ? Status.ALLOWED
        : Status.REJECTED;
  }

  private static boolean isExceptionOfTheJdk(Class<?> type) {
    String module = type.getModule().getName();
    return Throwable.class.isAssignableFrom(type)
        && module != null
        && (module.equals("java.base")
            || module.equals("java.management")
            || module.equals("java.rmi"));
  }
}
