package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * Proxies and wrappers of the shapes that Quarkus and EJB containers generate, known by their code
 * and not by their names: compiled without a trace of their source, as generated classes are.
 */
@OnEachJdk
class GeneratedProxiesIT {
  private static final String BEANS =
      """
      package app;

      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      public class Beans {
        public interface Face {
          @RateLimited("count")
          int send(int n);
        }

        public static class Bean implements Face {
          @Override
          public int send(int n) {
            return n;
          }
        }

        public static class Annotated {
          @RateLimited("count")
          public int send(int n) {
            return n;
          }
        }

        public interface Later {
          int send(int n) throws Exception;
        }

        public static void charges(String what, Later body) throws Exception {
          long before = RateLimiters.get("count").stats().admittedRequests();
          body.send(1);
          System.out.println(
              what + " " + (RateLimiters.get("count").stats().admittedRequests() - before));
        }
      }
      """;
  private static final String GENERATED =
      """
      package app;

      import java.util.concurrent.CompletableFuture;

      class Bean_ClientProxy extends Beans.Bean {
        private final Beans.Bean delegate;

        Bean_ClientProxy(Beans.Bean delegate) {
          this.delegate = delegate;
        }

        @Override
        public int send(int n) {
          return delegate.send(n);
        }
      }

      class Annotated_Subclass extends Beans.Annotated {
        private final boolean constructed;
        private final int times;

        Annotated_Subclass(int times) {
          this.times = times;
          this.constructed = true;
        }

        @Override
        public int send(int n) {
          if (!constructed) {
            return super.send(n);
          }
          return intercept(n);
        }

        private int intercept(int n) {
          for (int i = 1; i < times; i++) {
            send$$superforward(n);
          }
          return CompletableFuture.supplyAsync(() -> send$$superforward(n)).join();
        }

        private int send$$superforward(int n) {
          return super.send(n);
        }
      }

      class Wrapper implements Beans.Face {
        private final Beans.Bean bean = new Beans.Bean();

        @Override
        public int send(int n) {
          Container.before();
          try {
            return bean.send(n);
          } finally {
            Container.after();
          }
        }
      }

      class Container {
        static void before() {}

        static void after() {}
      }

      class Twice implements Beans.Face {
        private final Beans.Face to = new Beans.Bean();

        @Override
        public int send(int n) {
          return to.send(n) + to.send(n);
        }
      }

      class Repeating implements Beans.Face {
        private final Beans.Face to = new Beans.Bean();

        @Override
        public int send(int n) {
          int sum = 0;
          for (int i = 0; i < 3; i++) {
            sum += to.send(n);
          }
          return sum;
        }
      }

      class Client implements Beans.Face {
        @Override
        public int send(int n) {
          return n;
        }
      }

      class Main {
        public static void main(String[] args) throws Exception {
          Beans.charges("client proxy", new Bean_ClientProxy(new Beans.Bean())::send);
          Beans.charges("intercepted", new Annotated_Subclass(1)::send);
          Beans.charges("tried three times", new Annotated_Subclass(3)::send);
          Beans.charges("old wrapper", new Wrapper()::send);
          Beans.charges("calls twice", new Twice()::send);
          Beans.charges("calls in a loop", new Repeating()::send);
          Beans.charges("passes nothing on", new Client()::send);
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void theirTargetsTakeAndNothingIsMissed() throws IOException {
    Path beans = Programs.compile(BEANS);
    Path generated =
        Programs.compile(
            List.of(
                "-g:none",
                "--class-path",
                Programs.path(beans, Artifacts.ANNOTATIONS, Artifacts.RUNTIME)),
            GENERATED);
    setVersion(generated.resolve("app/Wrapper.class"), 50);

    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.count.permits=1000000,limiters.count.period=1h")
            .classPath(beans, generated, Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
            .main("app.Main")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "client proxy 1",
            "intercepted 1",
            "tried three times 3",
            "old wrapper 1",
            "calls twice 1",
            "calls in a loop 1",
            "passes nothing on 1");
    assertThat(result.err()).as("%s", result).noneMatch(line -> line.contains("missed"));
  }

  /** The major version stands in bytes 6 and 7 of a class file. */
  private static void setVersion(Path classFile, int version) throws IOException {
    byte[] bytes = Files.readAllBytes(classFile);
    bytes[7] = (byte) version;
    Files.write(classFile, bytes);
  }
}
