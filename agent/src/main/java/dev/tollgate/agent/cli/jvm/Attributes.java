package dev.tollgate.agent.cli.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What a bean answered to one request, by the attributes' names. */
final class Attributes {
  private final String where;
  private final Map<String, Object> values = new HashMap<>();

  Attributes(long pid, ObjectName bean, AttributeList answer) {
    where = "the bean " + bean + " in process " + pid;
    for (Attribute attribute : answer.asList()) {
      values.put(attribute.getName(), attribute.getValue());
    }
  }

  String text(String name) throws NoAnswerException {
    return as(String.class, name);
  }

  /** Of an attribute that earlier versions lack: empty there. */
  String textOrEmpty(String name) throws NoAnswerException {
    return values.containsKey(name) ? text(name) : "";
  }

  boolean flag(String name) throws NoAnswerException {
    return as(Boolean.class, name);
  }

  Number number(String name) throws NoAnswerException {
    return as(Number.class, name);
  }

  List<String> texts(String name) throws NoAnswerException {
    List<String> texts = new ArrayList<>();
    for (@Nullable String text : as(String[].class, name)) {
      if (text == null) {
        throw notUnderstood(name, null);
      }
      texts.add(text);
    }
    return texts;
  }

  /** A bean of another version may lack some, and says so by leaving them out of its answer. */
  <T> T as(Class<T> type, String name) throws NoAnswerException {
    @Nullable Object value = values.get(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw notUnderstood(name, null);
  }

  NoAnswerException notUnderstood(String name, @Nullable Exception cause) {
    return new NoAnswerException(
        where
            + " has no "
            + name
            + " that this command understands: use the tollgate-agent.jar that runs there",
        cause);
  }
}
