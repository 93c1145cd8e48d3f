package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Apache Felix, with bundles that see of each other's classes only what they import. */
@OnEachJdk
class OsgiIT {
  private static final String LAUNCHER =
      """
      import java.io.File;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.Map;
      import org.apache.felix.framework.FrameworkFactory;
      import org.osgi.framework.Bundle;
      import org.osgi.framework.launch.Framework;

      class Launcher {
        public static void main(String[] args) throws Exception {
          Framework framework =
              new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", args[0]));
          framework.start();
          List<Bundle> bundles = new ArrayList<>();
          for (int i = 1; i < args.length; i++) {
            String location = new File(args[i]).toURI().toString();
            bundles.add(framework.getBundleContext().installBundle(location));
          }
          for (int round = 0; round < 2; round++) {
            for (Bundle bundle : bundles) {
              bundle.start();
              bundle.stop();
            }
          }
          framework.stop();
          framework.waitForStop(0);
        }
      }
      """;
  private static final String BUNDLE =
      """
      package %s;

      import dev.tollgate.RateLimited;
      import org.osgi.framework.BundleActivator;
      import org.osgi.framework.BundleContext;

      public class Activator implements BundleActivator {
        @RateLimited(value = "bundles", timeout = "0")
        public static class Type {
          public void outer() {
            inner();
          }

          public void inner() {}
        }

        @RateLimited(value = "bundles", timeout = "0")
        private static void method() {}

        @Override
        public void start(BundleContext context) {
          String name = context.getBundle().getSymbolicName();
          try {
            new Type().outer();
            method();
            System.out.println(name + " passed");
          } catch (RuntimeException e) {
            System.out.println(name + " " + e.getClass().getName() + " "
                + (e.getClass().getClassLoader() == Activator.class.getClassLoader()));
          }
        }

        @Override
        public void stop(BundleContext context) {}
      }
      """;
  private static final Path FELIX = Artifacts.locationOf(FrameworkFactory.class);

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void bundlesShareOneLimiterAndGetTheirOwnExceptions() throws IOException {
    Path carrying = bundle("carrying", OtherVersion.classes());
    Path without = bundle("without");
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.bundles.permits=4,limiters.bundles.period=1h")
            .classPath(Programs.compile(List.of("--class-path", FELIX.toString()), LAUNCHER), FELIX)
            .main("Launcher", folder.resolve("storage").toString())
            .main(carrying.toString(), without.toString())
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "carrying passed",
            "without passed",
            "carrying dev.tollgate.RateLimitExceededException true",
            "without java.util.concurrent.RejectedExecutionException false");
    assertThat(result.err().stream().filter(line -> line.startsWith("tollgate: ")))
        .as("%s", result)
        .hasSize(1);
  }

  private Path bundle(String name, Path... carried) throws IOException {
    String classPath = Programs.path(OtherVersion.classes(), FELIX);
    Path classes = Programs.compile(List.of("--class-path", classPath), BUNDLE.formatted(name));
    Path all = Folders.merge(folder.resolve(name), classes);
    Folders.merge(all, carried);
    return Jars.pack(
        folder.resolve(name + ".jar"),
        all,
        Map.of(
            "Bundle-ManifestVersion",
            "2",
            "Bundle-SymbolicName",
            name,
            "Bundle-Activator",
            name + ".Activator",
            "Import-Package",
            "org.osgi.framework"));
  }
}
