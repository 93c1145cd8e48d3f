package dev.tollgate.benchmarks.peers;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BooleanSupplier;

final class Sentinel {
  private static final String RESOURCE = "bench";

  private Sentinel() {}

  static BooleanSupplier limiter(Demand demand) {
    try {
      // It writes logs, into the home directory unless it is told otherwise.
      System.setProperty("csp.sentinel.log.dir", Files.createTempDirectory("sentinel").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FlowRule rule = new FlowRule(RESOURCE);
    rule.setGrade(RuleConstant.FLOW_GRADE_QPS);
    // It knows no rate below one a second: none at all, for what is to be refused.
    rule.setCount(
        demand instanceof Demand.Granted
            ? 1e9
            : demand instanceof Demand.AboveRate above ? above.perSecond() : 0);
    FlowRuleManager.loadRules(List.of(rule));
    return Sentinel::tryEnter;
  }

  private static boolean tryEnter() {
    try (Entry entry = SphU.entry(RESOURCE)) {
      return entry != null;
    } catch (BlockException e) {
      return false;
    }
  }
}
