package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a response, by names in any case. {@code URLConnection} puts the status line under
 * null, and a server may send a header twice.
 */
record ResponseHeaders(Map<String, ? extends Collection<String>> byName) {

  /** Every value of {@code name}, without blanks around it; none where there is no such header. */
  List<String> all(String name) {
    List<String> found = new ArrayList<>(1);
    for (Map.Entry<String, ? extends @Nullable Collection<String>> header : byName.entrySet()) {
      Collection<String> values = header.getValue();
      if (name.equalsIgnoreCase(header.getKey()) && values != null) {
        for (String value : values) {
          if (value != null) {
            found.add(value.strip());
          }
        }
      }
    }
    return found;
  }
}
