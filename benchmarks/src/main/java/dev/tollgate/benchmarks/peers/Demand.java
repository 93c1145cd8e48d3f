package dev.tollgate.benchmarks.peers;

/** What a limiter is set to, so that the benchmark's calls meet it as they should. */
public sealed interface Demand {

  /** A billion a second: no benchmark asks for more, so that every call is granted. */
  record Granted() implements Demand {}

  /** One a day, and today's is gone: every call is refused. */
  record Refused() implements Demand {}

  /** So many a second, and what was saved up is gone. */
  record AboveRate(int perSecond) implements Demand {}
}
