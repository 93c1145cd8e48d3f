package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Tomcat with two web applications, of which each brings its own version of the annotations. */
@OnEachJdk
class ServletContainerIT {
  private static final String SERVER =
      """
      import java.io.File;
      import java.net.URI;
      import org.apache.catalina.Context;
      import org.apache.catalina.startup.Tomcat;

      class Server {
        public static void main(String[] args) throws Exception {
          Tomcat tomcat = new Tomcat();
          tomcat.setBaseDir(args[0]);
          tomcat.setPort(0);
          for (String name : new String[] {"one", "two"}) {
            Context context =
                tomcat.addContext("/" + name, new File(args[0], name).getAbsolutePath());
            Tomcat.addServlet(context, "app", "App");
            context.addServletMappingDecoded("/*", "app");
          }
          try {
            tomcat.start();
            int port = tomcat.getConnector().getLocalPort();
            for (String name : new String[] {"one", "two", "one", "two"}) {
              URI page = URI.create("http://127.0.0.1:" + port + "/" + name + "/");
              System.out.println(name + " " + new String(page.toURL().openStream().readAllBytes()));
            }
          } finally {
            tomcat.stop();
            tomcat.destroy();
          }
        }
      }
      """;
  private static final String APP =
      """
      import dev.tollgate.RateLimitExceededException;
      import dev.tollgate.RateLimited;
      import jakarta.servlet.http.HttpServlet;
      import jakarta.servlet.http.HttpServletRequest;
      import jakarta.servlet.http.HttpServletResponse;
      import java.io.IOException;
      import java.util.concurrent.CompletableFuture;

      public class App extends HttpServlet {
        @RateLimited(value = "pages", timeout = "0")
        private String page() {
          return "page";
        }

        @RateLimited("later")
        private CompletableFuture<String> later() {
          return CompletableFuture.completedFuture("later");
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
          later().join();
          later().join();
          String answer;
          try {
            answer = page();
          } catch (RateLimitExceededException e) {
            answer = "refused with " + %s;
          }
          response.getWriter().print(answer);
        }
      }
      """;
  private static final Path TOMCAT = Artifacts.locationOf(Tomcat.class);

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void applicationsShareOneLimiterAndGetTheirOwnExceptions() throws IOException {
    deploy("one", Artifacts.ANNOTATIONS, "e.limiter()");
    deploy("two", OtherVersion.classes(), "e.ofAnotherVersion()");
    JvmResult result =
        Jvm.on(jdk)
            .agent(
                "limiters.pages.permits=2,limiters.pages.period=1h,"
                    + "limiters.later.permits=1,limiters.later.period=50ms")
            .classPath(
                Programs.compile(List.of("--class-path", TOMCAT.toString()), SERVER),
                TOMCAT,
                Artifacts.locationOf(Resource.class))
            .main("Server", folder.toString())
            .run();

    assertThat(result.exit()).as("%s", result).isZero();
    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "one page", "two page", "one refused with pages", "two refused with another version");
    assertThat(result.err().stream().filter(line -> line.startsWith("tollgate: ")))
        .as("%s", result)
        .hasSize(1);
    assertThat(result.err())
        .as("what Tomcat says of threads that keep an application's class loader")
        .noneMatch(line -> line.contains("but has failed to stop it"));
  }

  private void deploy(String name, Path annotations, String ofThisVersion) throws IOException {
    Path inside = Files.createDirectories(folder.resolve(name).resolve("WEB-INF"));
    String classPath = Programs.path(annotations, TOMCAT);
    Path app = Programs.compile(List.of("--class-path", classPath), APP.formatted(ofThisVersion));
    Folders.merge(inside.resolve("classes"), app);
    if (Files.isDirectory(annotations)) {
      Folders.merge(inside.resolve("classes"), annotations);
    } else {
      Path libraries = Files.createDirectories(inside.resolve("lib"));
      Files.copy(annotations, libraries.resolve("annotations.jar"));
    }
  }
}
