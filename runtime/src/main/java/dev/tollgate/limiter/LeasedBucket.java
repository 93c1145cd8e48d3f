package dev.tollgate.limiter;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bucket of a limiter: a level under a {@link Turnstile}, and leases in front of it.
 *
 * <p>Reading the clock costs more than anything else here, and a cache line that threads share is
 * what breaks under them. So a thread leases: it takes several tokens from the level at once and
 * leaves those that it doesn't need in its own cell ({@link Cells}), where a later call finds them
 * for one compare-and-set. Where the level doesn't cover a request, the cells are emptied into it
 * before anything is refused, so that no token is stranded; and whoever owes finds the cells empty,
 * since only a level above zero leases. A lease is what the rate brings in {@value #LEASE_NANOS}
 * ns, and all leases together are at most a quarter of the capacity; where that is less than one
 * token, nothing is leased, and each answer is exact.
 *
 * <p><b>Why refilling stops short of the capacity.</b> Tokens that left the cells since the last
 * refill may have left at any moment since. Had they left at once, the bucket could have refilled
 * by as many since then; had they left just now, it could not, if it was full. The second is the
 * safe one: a refill fills up to the capacity less {@code onLease}, which is what the cells held
 * when the last refill read the clock. What they hold now is less, and wrong: cells emptied just
 * now look like cells emptied long ago, and the same tokens would be granted twice.
 *
 * <p>For the same reason a refill counts the cells <i>before</i> it reads the clock. The other way
 * round, tokens that leave between the two are gone as of a moment when they were still there, and
 * a thread that is suspended between the two makes that as long as you like.
 *
 * <p>The level is {@code tokens} whole tokens and {@code parts} of one, as of {@code refilledAt};
 * {@link Rate} says how time adds to it.
 */
final class LeasedBucket extends Level implements LimiterBucket {
  private static final long LEASE_NANOS = 1_000_000;
  private static final int MOST_OF_CAPACITY = 4;

  /** So that the past is still the past, in differences of a clock that wraps, when it is read. */
  private static final long LONGEST_PAST = 1L << 61;

  private final Ticker ticker;
  private final int cellCount;
  private final Turnstile turnstile;

  /** Null where nothing is leased. Written under the lock. */
  private volatile @Nullable Cells cells;

  /** Written under the lock. */
  private volatile long emptyUntil;

  // All below: under the lock.
  private long leaseSize;
  private long tokens;
  private long parts;
  private long refilledAt;

  /** At least what the cells held at {@code refilledAt}, counting in what was leased since. */
  private long onLease;

  /** Whether anything was leased since the cells were last emptied. */
  private boolean cellsMayHold;

  /** All tokens that were leased and not taken back. */
  private long leased;

  private boolean handedOver;

  LeasedBucket(RateLimitConfig config, Ticker ticker) {
    this(config, ticker, Cells.forThisMachine());
  }

  /** With so many cells, a power of two, if it leases at all; with 0 it never does. */
  LeasedBucket(RateLimitConfig config, Ticker ticker, int cellCount) {
    this(config, ticker, cellCount, WaitingLine.TOLD, CommonPool.INSTANCE);
  }

  /** With a {@link Turnstile} of these. */
  LeasedBucket(RateLimitConfig config, Ticker ticker, int cellCount, int told, Executor delivery) {
    super(Limits.of(config));
    this.ticker = ticker;
    this.cellCount = cellCount;
    Limits limits = Limits.of(config);
    this.turnstile = new Turnstile(limits, ticker, delivery, told);
    fill(limits, ticker.nanos());
  }

  @Override
  public long take(long weight, long maxWaitNanos) {
    if (weight == 1 && takeLeased()) {
      return 0;
    }
    return weight == 0 ? 0 : turnstile.take(this, weight, maxWaitNanos);
  }

  @Override
  public long takeIfThere(long weight) {
    if (weight == 1 && takeLeased()) {
      return 0;
    }
    return weight == 0 ? 0 : turnstile.takeIfThere(this, weight);
  }

  @Override
  public CompletableFuture<Long> takeLater(long weight, long maxWaitNanos) {
    // What is leased can't be given back: a lease knows no moment, and is of a thousand a second.
    if (weight == 0 || (weight == 1 && takeLeased())) {
      return CompletableFuture.completedFuture(0L);
    }
    return turnstile.takeLater(this, weight, maxWaitNanos);
  }

  @Override
  public long charge(long weight, long maxWaitNanos) {
    if (weight == 1 && takeLeased()) {
      return 0;
    }
    return weight == 0 ? 0 : turnstile.charge(this, weight, maxWaitNanos);
  }

  @Override
  public long available() {
    return turnstile.available(this);
  }

  @Override
  public long retryAfterNanos(long weight) {
    return weight == 0 ? 0 : turnstile.retryAfterNanos(this, weight);
  }

  @Override
  public boolean resetIfUntouched(RateLimitConfig config) {
    return turnstile.changeIfUntouched(this, Limits.of(config));
  }

  @Override
  public void change(RateLimitConfig config) {
    turnstile.change(List.of(this), Limits.of(config));
  }

  @Override
  public void enforce(boolean enforced) {
    turnstile.enforce(List.of(this), enforced);
  }

  @Override
  public void pauseFor(long nanos) {
    turnstile.pause(List.of(this), nanos);
  }

  @Override
  public void resume(long end) {
    turnstile.resume(List.of(this), end);
  }

  @Override
  public Tally tally() {
    TallySum sum = new TallySum();
    turnstile.addTo(sum, this);
    return sum.tally();
  }

  /**
   * Hands all over to the limiter that {@code heirs} makes of it. Whoever asks here afterwards is
   * answered {@link Outcome#RETIRED}; who waits goes on waiting there, in order, for as long as
   * before. If {@code heirs} throws, nothing has changed.
   */
  void handOver(Function<Handover, LimiterCore> heirs) {
    turnstile.handOver(this, heirs);
  }

  /**
   * Goes on with what another bucket had: exactly so, if this one has the same limits and was never
   * asked for anything. Otherwise from now on with the emptier of both.
   *
   * @param from the limits of the other one
   */
  void takeOver(Handover handover, Limits from) {
    turnstile.takeOver(this, handover, from);
  }

  @Override
  public Level level() {
    return this;
  }

  @Override
  public Turnstile turnstile() {
    return turnstile;
  }

  @Override
  void fill(Limits limits, long now) {
    leaseSize = leaseSize(limits);
    cells = leaseSize == 0 ? null : new Cells(cellCount);
    tokens = limits.capacity();
    parts = 0;
    refilledAt = now;
    emptyUntil = refilledAt;
  }

  @Override
  long emptyUntil(Limits limits) {
    return emptyUntil;
  }

  @Override
  long coveredAt(long weight, Limits limits) {
    return weight == 1 ? emptyUntil : emptyUntil + limits.rate().nanosFor(weight - 1, 0);
  }

  @Override
  long waitFor(long weight, long now, Limits limits) {
    refill(now, limits);
    if (weight > limits.capacity()) {
      return Outcome.NEVER;
    }
    if (tokens < weight && cellsMayHold) {
      takeBack();
      publishEmptyUntil(limits);
    }
    if (tokens >= weight) {
      return 0;
    }
    long wait = limits.rate().nanosFor(weight - tokens, parts) + (refilledAt - now);
    return Math.min(wait, Outcome.MAX_NANOS);
  }

  @Override
  void spend(long weight, Limits limits) {
    tokens -= weight;
    Cells own = cells;
    if (weight == 1 && own != null) {
      lease(own);
    }
    publishEmptyUntil(limits);
  }

  @Override
  void owe(long weight, Limits limits) {
    tokens -= weight;
    publishEmptyUntil(limits);
  }

  @Override
  long paidAt(Limits limits) {
    return tokens >= 0 ? refilledAt : refilledAt + limits.rate().nanosFor(-tokens, parts);
  }

  @Override
  long clip(Limits limits) {
    if (tokens >= 0) {
      return 0;
    }
    Rate rate = limits.rate();
    long over = rate.partsIn(rate.nanosFor(-tokens, parts), parts, -tokens);
    parts -= over;
    if (parts < 0) {
      parts += rate.periodNanos();
      tokens--;
    }
    publishEmptyUntil(limits);
    return over;
  }

  @Override
  void restore(long weight, long clipped, Limits limits) {
    tokens += weight;
    parts += clipped;
    if (parts >= limits.rate().periodNanos()) {
      parts -= limits.rate().periodNanos();
      tokens++;
    } else if (parts < 0) {
      parts += limits.rate().periodNanos();
      tokens--;
    }
    publishEmptyUntil(limits);
  }

  @Override
  void refund(long weight, Limits limits) {
    tokens += weight;
    long most = limits.capacity() - onLease;
    if (tokens >= most) {
      tokens = most;
      parts = 0;
    }
    publishEmptyUntil(limits);
  }

  @Override
  void recall() {
    if (cellsMayHold) {
      takeBack();
    }
  }

  @Override
  long begins(long now, Limits limits) {
    return paidAt(limits);
  }

  @Override
  void beginAt(long moment, Limits limits) {
    recall();
    if (moment - refilledAt > 0) {
      tokens = 0;
      parts = 0;
      onLease = 0;
      refilledAt = moment;
    }
    publishEmptyUntil(limits);
  }

  @Override
  void resume(long end, long now, Limits limits) {
    if (refilledAt - now > 0) {
      refilledAt = now;
    }
    publishEmptyUntil(limits);
  }

  @Override
  void rescale(Limits from, Limits to, long now, long newNow) {
    refill(now, from);
    BigInteger level =
        tokens < 0
            ? BigInteger.ZERO
            : BigInteger.valueOf(tokens)
                .multiply(BigInteger.valueOf(from.rate().periodNanos()))
                .add(BigInteger.valueOf(parts));
    BigInteger[] scaled =
        from.sameShare(level, to).divideAndRemainder(BigInteger.valueOf(to.rate().periodNanos()));
    tokens = scaled[0].longValueExact();
    parts = scaled[1].longValueExact();
    refilledAt = newNow;
    // What left the cells, left them before now.
    onLease = 0;
    leaseSize = leaseSize(to);
    cells = leaseSize == 0 ? null : new Cells(cellCount);
    publishEmptyUntil(to);
  }

  /** Nothing is left in the cells, and nobody puts anything in any more. */
  Handover drain(
      Limits limits, @Nullable WarmUp warmUp, long lastUse, WaitTally admitted, long rejected) {
    if (cellsMayHold) {
      takeBack();
      refill(ticker.nanos(), limits);
      publishEmptyUntil(limits);
    }
    return new Handover(tokens, parts, refilledAt, onLease, warmUp, lastUse, admitted, rejected);
  }

  /** From now on nobody gets anything here. Those whose moment has come already go. */
  void retireForGood() {
    handedOver = true;
    cells = null;
  }

  @Override
  boolean isRetired() {
    return handedOver;
  }

  /** Begins with what another one of the same limits had. */
  void goOnWith(Handover handover, Limits limits) {
    tokens = handover.tokens();
    parts = handover.parts();
    refilledAt = handover.refilledAt();
    onLease = handover.onLease();
    publishEmptyUntil(limits);
  }

  /** Keeps no more than {@code most} parts of a token ({@link Rate#partsIn}). */
  void lower(BigInteger most, Limits limits, long now) {
    long at = now;
    if (cellsMayHold) {
      takeBack();
      at = ticker.nanos();
    }
    refill(at, limits);
    BigInteger period = BigInteger.valueOf(limits.rate().periodNanos());
    BigInteger level = BigInteger.valueOf(tokens).multiply(period).add(BigInteger.valueOf(parts));
    if (most.compareTo(level) < 0) {
      parts = most.mod(period).longValueExact();
      tokens = most.subtract(BigInteger.valueOf(parts)).divide(period).longValueExact();
    }
    publishEmptyUntil(limits);
  }

  @Override
  long available(long now, Limits limits) {
    refill(now, limits);
    return Math.max(0, tokens + inCells());
  }

  @Override
  long admittedWithoutTurnstile() {
    return leased - inCells();
  }

  private void refill(long arrival, Limits limits) {
    long now = arrival;
    long inCells = 0;
    if (cellsMayHold) {
      // In this order; see above.
      inCells = inCells();
      now = ticker.nanos();
    }
    long elapsed = now - refilledAt;
    if (elapsed <= 0) {
      if (elapsed == 0 && cellsMayHold) {
        onLease = inCells;
      }
      return;
    }
    refilledAt = now;
    long most = limits.capacity() - onLease;
    onLease = inCells;
    long missing = most - tokens;
    long gained = missing == 0 ? 0 : limits.rate().tokensIn(elapsed, parts);
    if (gained >= missing) {
      tokens = most;
      parts = 0;
    } else {
      parts = limits.rate().partsIn(elapsed, parts, gained);
      tokens += gained;
    }
  }

  private long leaseSize(Limits limits) {
    return cellCount == 0 || limits.warmUpNanos() > 0
        ? 0
        : Math.min(
            limits.rate().tokensIn(LEASE_NANOS, 0),
            limits.capacity() / MOST_OF_CAPACITY / cellCount);
  }

  private void lease(Cells cells) {
    long count = Math.min(leaseSize - cells.inOwn(), tokens);
    if (count > 0) {
      cells.putInOwn(count);
      tokens -= count;
      onLease += count;
      leased += count;
      cellsMayHold = true;
    }
  }

  private boolean takeLeased() {
    Cells leases = cells;
    return leases != null && leases.take();
  }

  private long inCells() {
    Cells leases = cells;
    return leases == null ? 0 : leases.sum();
  }

  private void takeBack() {
    long count = Objects.requireNonNull(cells).takeAll();
    tokens += count;
    onLease -= count;
    leased -= count;
    cellsMayHold = false;
  }

  /** Not written where it is in the past and stays there: a volatile write is dear. */
  private void publishEmptyUntil(Limits limits) {
    if (tokens < 1 && !cellsMayHold) {
      emptyUntil = refilledAt + limits.rate().nanosFor(1 - tokens, parts);
    } else {
      long past = refilledAt - emptyUntil;
      if (past < 0 || past > LONGEST_PAST) {
        emptyUntil = refilledAt;
      }
    }
  }
}
