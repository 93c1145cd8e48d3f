package dev.tollgate.benchmarks.peers;

import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import java.util.function.BooleanSupplier;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The annotation, on a bean of a Spring Boot application, configured by properties. */
final class Resilience4jSpring {
  private static final String PREFIX = "resilience4j.ratelimiter.instances.bench.";

  private Resilience4jSpring() {}

  static BooleanSupplier limiter(Demand demand) {
    String limit =
        demand instanceof Demand.Granted
            ? "1000000000"
            : demand instanceof Demand.AboveRate above ? "" + above.perSecond() / 1_000 : "1";
    String period =
        demand instanceof Demand.Granted ? "1s" : demand instanceof Demand.AboveRate ? "1ms" : "1d";
    // Until the fork ends.
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .bannerMode(Banner.Mode.OFF)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .properties(
                PREFIX + "limit-for-period=" + limit,
                PREFIX + "limit-refresh-period=" + period,
                PREFIX + "timeout-duration=0",
                "logging.level.root=error")
            .run();
    Service service = context.getBean(Service.class);
    BooleanSupplier limiter = () -> called(service);
    return demand instanceof Demand.Granted ? limiter : Drain.drained(limiter);
  }

  private static boolean called(Service service) {
    try {
      return service.call();
    } catch (RequestNotPermitted e) {
      return false;
    }
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Service service() {
      return new Service();
    }
  }

  static class Service {
    @RateLimiter(name = "bench")
    public boolean call() {
      return true;
    }
  }
}
