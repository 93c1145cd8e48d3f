package dev.tollgate.health;

import org.slf4j.LoggerFactory;

/** Logs each change, by the program's own logging. Not used under the agent. */
final class ChangeLog implements HealthListener {
  @Override
  public void changed(HealthReport before, HealthReport after) {
    boolean worse =
        after.status().compareTo(before.status()) > 0
            || (before.ready() && !after.ready())
            || !after.live();
    for (String line : Changes.lines(before, after)) {
      // Looked up at each change, which is seldom: not before the program has set its logging up.
      if (worse) {
        LoggerFactory.getLogger(Health.class).warn(line);
      } else {
        LoggerFactory.getLogger(Health.class).info(line);
      }
    }
  }
}
