/** The engine of Tollgate: limiters and their configuration. */
module dev.tollgate.runtime {
  requires transitive dev.tollgate;
  requires static typesafe.config;
  requires static transitive org.jspecify;

  exports dev.tollgate.config;
  exports dev.tollgate.limiter;
}
