package dev.tollgate.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SiteSpecTest {
  private static final SiteLimit PLAIN =
      new SiteLimit("limit", 1, -1, SiteLimit.NO_GROUP, SiteLimit.NO_ARGUMENT, List.of());

  @Test
  void isReadAsItWasWritten() {
    SiteLimit full =
        new SiteLimit("no name; at 3;all", Long.MAX_VALUE, Long.MIN_VALUE, 1, 2, List.of(3, 0, 7));
    SiteMethod self = new SiteMethod("send", "(Ljava/lang/String;I)Lp/Future;", true);
    SiteMethod fallback = new SiteMethod("päck;", "()V", false);
    for (SiteSpec spec :
        List.of(
            new SiteSpec(List.of(), 0, null, null),
            new SiteSpec(List.of(PLAIN), 1, null, null),
            new SiteSpec(List.of(full, PLAIN, full), 2, self, null),
            new SiteSpec(List.of(new SiteLimit("", 0, 0, 0, 0, List.of())), 3, self, fallback))) {
      assertThat(SiteSpec.parse(spec.text())).isEqualTo(spec);
    }
  }
}
