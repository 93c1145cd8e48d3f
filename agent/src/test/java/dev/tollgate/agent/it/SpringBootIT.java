package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.aop.SpringProxy;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.core.SpringVersion;
import org.springframework.expression.Expression;

/** A Spring Boot application: what its own proxies can limit, and what they can't. */
@OnEachJdk
class SpringBootIT {
  private static final String PROGRAM =
      """
      package app;

      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.concurrent.CompletableFuture;
      import org.springframework.aop.support.AopUtils;
      import org.springframework.boot.SpringApplication;
      import org.springframework.boot.WebApplicationType;
      import org.springframework.context.annotation.Bean;
      import org.springframework.context.annotation.Configuration;
      import org.springframework.context.annotation.Scope;
      import org.springframework.context.annotation.ScopedProxyMode;
      import org.springframework.scheduling.annotation.Async;
      import org.springframework.scheduling.annotation.EnableAsync;

      @Configuration
      @EnableAsync(proxyTargetClass = true)
      public class Application {
        public static class Plain {
          public String outer() {
            return inner();
          }

          @RateLimited("count")
          private String inner() {
            return "inner";
          }
        }

        @RateLimited("count")
        public static class Proxied {
          public String outer() {
            return inner();
          }

          public String inner() {
            return "inner";
          }
        }

        public interface Sender {
          @RateLimited("sent")
          CompletableFuture<String> send();

          @Async
          @RateLimited("sent")
          default CompletableFuture<String> sendAgain() {
            return CompletableFuture.completedFuture("sent again");
          }
        }

        public static class Elsewhere implements Sender {
          @Async
          @RateLimited("count")
          public CompletableFuture<String> run() {
            return CompletableFuture.completedFuture("ran");
          }

          @Async
          @Override
          public CompletableFuture<String> send() {
            return CompletableFuture.completedFuture("sent");
          }

          @RateLimited(value = "once", permits = 1, period = "1h", timeout = "0", fallback = "instead")
          public String once() {
            return "itself";
          }

          private String instead() {
            return "its fallback";
          }
        }

        @Bean
        public Elsewhere elsewhere() {
          return new Elsewhere();
        }

        @Bean
        @RateLimited("count")
        public Plain plain() {
          return new Plain();
        }

        @Bean
        @Scope(value = "singleton", proxyMode = ScopedProxyMode.TARGET_CLASS)
        public Proxied proxied() {
          return new Proxied();
        }

        static void charges(String what, Runnable call) {
          long before = RateLimiters.get("count").stats().admittedRequests();
          call.run();
          long after = RateLimiters.get("count").stats().admittedRequests();
          System.out.println(what + " charged " + (after - before));
        }

        public static void main(String[] args) {
          SpringApplication application = new SpringApplication(Application.class);
          application.setWebApplicationType(WebApplicationType.NONE);
          application.setLogStartupInfo(false);
          application.setBannerMode(org.springframework.boot.Banner.Mode.OFF);
          charges("start", () -> {
            var context = application.run(args);
            charges("self-invocation", () -> context.getBean(Plain.class).outer());
            Proxied proxied = context.getBean("proxied", Proxied.class);
            System.out.println(AopUtils.isCglibProxy(proxied) ? "proxied" : "not proxied");
            charges("through a proxy", proxied::outer);
            Elsewhere elsewhere = context.getBean(Elsewhere.class);
            System.out.println(AopUtils.isCglibProxy(elsewhere) ? "proxied" : "not proxied");
            charges("on another thread", () -> elsewhere.run().join());
            elsewhere.send().join();
            elsewhere.sendAgain().join();
            System.out.println("sent " + RateLimiters.get("sent").stats().admittedRequests());
            System.out.println(elsewhere.once() + ", then " + elsewhere.once());
            context.close();
          });
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void selfInvocationIsLimitedAndAProxyIsNoSecondEntry() {
    Path[] spring = spring();
    String classPath = Programs.path(spring);
    Path classes =
        Programs.compile(
            List.of(
                "--class-path",
                Programs.path(Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
                    + System.getProperty("path.separator")
                    + classPath),
            PROGRAM);
    JvmResult result =
        Jvm.on(jdk)
            .agent(
                "limiters.count.permits=1000000,limiters.count.period=1h,"
                    + "limiters.sent.permits=1000000,limiters.sent.period=1h")
            .classPath(
                Stream.concat(
                        Stream.of(classes, Artifacts.ANNOTATIONS, Artifacts.RUNTIME),
                        Stream.of(spring))
                    .toArray(Path[]::new))
            .main("app.Application")
            .run()
            .ok();

    // The start's own is the call to the bean's factory method.
    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "self-invocation charged 1",
            "proxied",
            "through a proxy charged 1",
            "proxied",
            "on another thread charged 1",
            "sent 2",
            "itself, then its fallback",
            "start charged 4");
    assertThat(result.err().stream().filter(line -> line.startsWith("tollgate: ")))
        .as("%s", result)
        .hasSize(1);
  }

  private static Path[] spring() {
    return Stream.of(
            SpringApplication.class,
            ApplicationContext.class,
            BeanFactory.class,
            SpringProxy.class,
            SpringVersion.class,
            Expression.class,
            Observation.class,
            KeyValue.class,
            Log.class)
        .map(Artifacts::locationOf)
        .toArray(Path[]::new);
  }
}
