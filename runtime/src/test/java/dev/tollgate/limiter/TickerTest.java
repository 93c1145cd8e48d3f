package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The alarm of the real clock. */
@Timeout(60)
class TickerTest {

  @Test
  void anAlarmGoesOff() {
    assertThat(Ticker.system().alarm(1_000).orTimeout(20, TimeUnit.SECONDS).join()).isNull();
  }

  /** However long it was to last: else each waiter that leaves is kept for as long. */
  @Test
  void ofAnAlarmThatIsCancelledNothingIsKept() {
    CompletableFuture<Void> alarm = Ticker.system().alarm(TimeUnit.DAYS.toNanos(1));
    alarm.cancel(false);
    WeakReference<CompletableFuture<Void>> kept = new WeakReference<>(alarm);
    alarm = null;
    for (int i = 0; i < 100 && kept.get() != null; i++) {
      System.gc();
    }
    assertThat(kept.get()).isNull();
  }
}
