package dev.tollgate.jmx;

import dev.tollgate.health.HealthReport;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.management.ImmutableDescriptor;
import javax.management.JMX;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of the health bean whose changes are announced.
 *
 * <p>Not by {@link javax.management.AttributeChangeNotification}, whose type is always {@code
 * jmx.attribute.change}: these have a type each, for filters, and what that class carries as user
 * data.
 */
final class WatchedAttribute<T> {
  private static final Pattern LINE_BREAKS = Pattern.compile("\\R+");
  private static final String[] ITEMS = {"attribute", "oldValue", "newValue"};

  private final String type;
  private final String about;
  private final String attribute;
  private final Function<HealthReport, T> value;
  private final Function<HealthReport, String> why;
  private final CompositeType change;

  /**
   * @param type of its notifications
   * @param about what they say
   * @param why the value is what it is, for people
   */
  WatchedAttribute(
      String type,
      String about,
      String attribute,
      OpenType<T> valueType,
      Function<HealthReport, T> value,
      Function<HealthReport, String> why) {
    this.type = type;
    this.about = about;
    this.attribute = attribute;
    this.value = value;
    this.why = why;
    try {
      this.change =
          new CompositeType(
              attribute + "Change",
              about,
              ITEMS,
              new String[] {"The attribute that changed", "What it was", "What it is now"},
              new OpenType<?>[] {SimpleType.STRING, valueType, valueType});
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  MBeanNotificationInfo info() {
    return new MBeanNotificationInfo(
        new String[] {type},
        Notification.class.getName(),
        about,
        new ImmutableDescriptor(new String[] {JMX.OPEN_TYPE_FIELD}, new Object[] {change}));
  }

  /** What to announce; null if the value is the same in both. */
  @Nullable Notification between(HealthReport before, HealthReport after, long sequenceNumber) {
    T was = value.apply(before);
    T is = value.apply(after);
    if (was.equals(is)) {
      return null;
    }
    String message = LINE_BREAKS.matcher(why.apply(after)).replaceAll(" ");
    Notification notification = new Notification(type, BeanNames.HEALTH, sequenceNumber, message);
    try {
      notification.setUserData(
          new CompositeDataSupport(change, ITEMS, new Object[] {attribute, was, is}));
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
    return notification;
  }
}
