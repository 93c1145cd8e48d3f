package dev.tollgate.jmx;

import java.util.List;
import java.util.function.Consumer;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/** {@code dev.tollgate:type=Agent}. */
final class AgentBean {
  private AgentBean() {}

  /**
   * @param exit takes the agent out of the JVM if it is given the right key, and throws otherwise;
   *     null where that can't be
   */
  static OpenBean of(AgentView agent, @Nullable Consumer<String> exit) {
    Table<WovenMethod> woven =
        Table.of(
            "Woven",
            "A method that takes permits",
            List.of(
                Table.column("class", "The method's class", WovenMethod::className),
                Table.column("method", "Its name and parameter types", WovenMethod::method),
                Table.column("loader", "The class's loader", WovenMethod::loader),
                Table.column("limiter", "The limiter's name", WovenMethod::limiter),
                Table.column("note", "What is particular about it", WovenMethod::note)));
    Table<MissedMethod> missed =
        Table.of(
            "Missed",
            "Something that should be limited and isn't, or isn't quite as asked",
            List.of(
                Table.column("class", "The class", MissedMethod::className),
                Table.column("method", "The method's name and types", MissedMethod::method),
                Table.column("why", "What is wrong, and what would be right", MissedMethod::why)));
    OpenBean.Builder bean =
        OpenBean.describedAs("The Tollgate agent: what it limits, and what it missed")
            .attribute("Version", "Tollgate's version", SimpleType.STRING, agent::version)
            .attribute(
                "ConfigSource",
                "Where the configuration came from",
                SimpleType.STRING,
                agent::configSource)
            .attribute(
                "ReloadFailure",
                "Why the configuration file, as it was last looked at, is not in force; empty"
                    + " where it is, or isn't looked at",
                SimpleType.STRING,
                agent::reloadFailure)
            .attribute(
                "Woven",
                "Every limited method of every class that is loaded",
                woven.type(),
                () -> woven.rows(agent.woven()))
            .attribute(
                "Missed",
                "Whatever should be limited and isn't, or isn't quite as its annotation says",
                missed.type(),
                () -> missed.rows(agent.missed()))
            .attribute(
                "WeaveMillis",
                "Time spent on reading and changing classes so far",
                "ms",
                SimpleType.DOUBLE,
                agent::weaveMillis);
    if (exit != null) {
      bean.action(
          "detach",
          "Takes the agent out of this JVM: classes are as they were, no call is limited",
          "key",
          "what the command detach finds where only who may attach to this JVM can read",
          key -> {
            exit.accept(key);
            return null;
          });
    }
    return bean.build();
  }
}
