package dev.tollgate.benchmarks.start;

import java.util.ArrayList;
import java.util.List;

/** All that a run found out; the names of the fields are those of its JSON. */
final class Figures {
  final int rounds;

  /** The machine's load average before the run. */
  final double load;

  final double agentMB;

  /** Versions of JDKs, server and other agent. */
  final List<String> versions = new ArrayList<>();

  /** What couldn't be measured, and why. */
  final List<String> failures = new ArrayList<>();

  final List<Scan> scans = new ArrayList<>();
  final List<Series> series = new ArrayList<>();

  Figures(int rounds, double load, double agentMB) {
    this.rounds = rounds;
    this.load = load;
    this.agentMB = agentMB;
  }
}
