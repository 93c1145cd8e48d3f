/** The engine of Tollgate. */
module dev.tollgate.runtime {
  requires transitive dev.tollgate;
  requires static transitive org.jspecify;

  exports dev.tollgate.limiter;
}
