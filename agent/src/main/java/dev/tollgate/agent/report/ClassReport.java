package dev.tollgate.agent.report;

import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import java.util.List;

/** What became of one class. */
public record ClassReport(List<WovenMethod> woven, List<MissedMethod> missed) {}
