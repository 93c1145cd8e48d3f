package dev.tollgate.jmx;

import java.util.List;

/** What the agent tells of itself. Read by many threads, at any time. */
public interface AgentView {

  /** Tollgate's version. */
  String version();

  /** Where the configuration came from. */
  String configSource();

  /**
   * Why the configuration file, as it was last looked at, is not in force; empty where it is, or
   * isn't looked at.
   */
  String reloadFailure();

  /** Every limited method of every class that is loaded. */
  List<WovenMethod> woven();

  /** Whatever should be limited and isn't, or isn't quite as its annotation says. */
  List<MissedMethod> missed();

  /** Time spent on reading and changing classes so far, in milliseconds. */
  double weaveMillis();
}
