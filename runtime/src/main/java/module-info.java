/** The engine of Tollgate: limiters, configuration, JMX beans. */
module dev.tollgate.runtime {
  requires transitive dev.tollgate;
  requires transitive java.management;
  requires static com.github.oshi;
  requires static com.github.oshi.common;
  requires static typesafe.config;
  requires static org.jspecify;

  exports dev.tollgate.config;
  exports dev.tollgate.health;
  exports dev.tollgate.jmx;
  exports dev.tollgate.limiter;
}
