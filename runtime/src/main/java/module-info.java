/** The engine of Tollgate: limiters, configuration, JMX beans. */
module dev.tollgate.runtime {
  requires transitive dev.tollgate;
  requires transitive java.management;
  requires static jdk.management;
  requires static com.github.oshi;
  requires static com.github.oshi.common;
  requires static typesafe.config;
  requires static com.github.benmanes.caffeine;
  requires static io.github.resilience4j.circuitbreaker;
  requires static io.github.resilience4j.core;
  requires static org.jspecify;
  requires static org.slf4j;

  exports dev.tollgate.config;
  exports dev.tollgate.health;
  exports dev.tollgate.jmx;
  exports dev.tollgate.limiter;
}
