package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Class files and class loaders at which weaving could stumble. */
@OnEachJdk
class HostileClassesIT {
  private static final String LIMITED =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      class Limited {
        @RateLimited("count")
        static void call() {}

        static String charged() {
          return "charged " + RateLimiters.get("count").stats().admittedRequests();
        }
      }
      """;
  private static final String CIRCULAR =
      """
      class Circular {
        public static void main(String[] args) {
          for (String name : new String[] {"Hen", "Egg", "Hen"}) {
            try {
              Class.forName(name);
            } catch (LinkageError | ClassNotFoundException e) {
              System.out.println(e);
            }
          }
          Limited.call();
          System.out.println(Limited.charged());
        }
      }
      """;
  private static final String SUPERCLASS =
      """
      import dev.tollgate.RateLimited;

      @RateLimited("count")
      class %s {
        public void lay() {}
      }
      """;
  private static final String SUBCLASS =
      """
      import dev.tollgate.RateLimited;

      @RateLimited("count")
      class %s extends %s {
        @RateLimited("count")
        public void lay() {}
      }
      """;
  private static final String BROKEN =
      """
      class Broken extends ClassLoader {
        public static void main(String[] args) throws Exception {
          byte[] file;
          try (java.io.InputStream stream = Broken.class.getResourceAsStream("Limited.class")) {
            file = stream.readAllBytes();
          }
          java.util.Random random = new java.util.Random(1);
          for (int i = 0; i < 1_000; i++) {
            byte[] broken = i % 2 == 0
                ? java.util.Arrays.copyOf(file, random.nextInt(file.length))
                : file.clone();
            for (int j = 0; broken.length > 8 && j < 1 + i % 3; j++) {
              broken[8 + random.nextInt(broken.length - 8)] = (byte) random.nextInt();
            }
            String outcome;
            try {
              Class<?> type = new Broken().defineClass(null, broken, 0, broken.length);
              type.getDeclaredMethods();
              outcome = "defined";
            } catch (LinkageError | RuntimeException e) {
              outcome = e.getClass().getName();
            }
            System.out.println(i + " " + outcome);
          }
          Limited.call();
          System.out.println(Limited.charged());
        }
      }
      """;
  private static final String RECURSIVE =
      """
      import dev.tollgate.RateLimited;
      import java.io.InputStream;

      /** Woven itself, as is what it loads, and what it calls on the way. */
      class Recursive extends ClassLoader {
        static int loads;

        @RateLimited("count")
        Recursive() {
          super(Recursive.class.getClassLoader());
        }

        @Override
        @RateLimited("count")
        public Class<?> loadClass(String name) throws ClassNotFoundException {
          loads++;
          return super.loadClass(name);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
          if (name.startsWith("Cargo")) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
          }
          return super.loadClass(name, resolve);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
          byte[] file = Files.read(name);
          return defineClass(name, file, 0, file.length);
        }

        @RateLimited("count")
        static class Files {
          static int reads;

          public static byte[] read(String name) {
            reads++;
            try (InputStream stream = open(name)) {
              return stream.readAllBytes();
            } catch (java.io.IOException e) {
              throw new IllegalStateException(e);
            }
          }

          public static InputStream open(String name) {
            return Recursive.class.getResourceAsStream(name + ".class");
          }
        }

        public static void main(String[] args) throws Exception {
          var constructor = new Recursive().loadClass("Cargo").getDeclaredConstructor();
          constructor.setAccessible(true);
          Runnable cargo = (Runnable) constructor.newInstance();
          cargo.run();
          try {
            cargo.run();
          } catch (RuntimeException e) {
            System.out.println(e.getClass().getName());
          }
          System.out.println(loads + " loads, " + Files.reads + " reads, " + Limited.charged());
        }
      }
      """;
  private static final String CARGO =
      """
      import dev.tollgate.RateLimited;

      class Cargo implements Runnable {
        @Override
        @RateLimited(value = "once", timeout = "0")
        public void run() {
          new CargoOfCargo().run();
        }
      }

      class CargoOfCargo {
        @RateLimited("count")
        void run() {}
      }
      """;
  private static final String PRINTER =
      """
      import dev.tollgate.RateLimited;
      import java.io.PrintStream;

      /** Its stderr is limited itself, and soon refuses. */
      class Printer extends PrintStream {
        static int refused;

        Printer(PrintStream stream) {
          super(stream, true);
        }

        @Override
        @RateLimited(value = "once", timeout = "0")
        public void println(String line) {
          super.println(line);
        }

        static class Annotated {
          @RateLimited("count")
          static native void missed();

          @RateLimited("count")
          static native void missedToo();

          @RateLimited("count")
          static void woven() {}
        }

        public static void main(String[] args) {
          System.setErr(new Printer(System.err));
          for (int i = 0; i < 10; i++) {
            Annotated.woven();
          }
          System.err.println("its first");
          try {
            System.err.println("its second");
          } catch (java.util.concurrent.RejectedExecutionException e) {
            System.out.println("refused");
          }
          System.out.println(Limited.charged());
        }
      }
      """;

  private static final String SILENT =
      """
      import dev.tollgate.RateLimited;
      import java.io.IOException;
      import java.io.InputStream;
      import java.lang.reflect.InvocationTargetException;

      class Silent extends ClassLoader {
        TYPES

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
          Class<?> loaded = findLoadedClass(name);
          if (loaded != null || !name.startsWith("Silent$")) {
            return loaded == null ? super.loadClass(name, resolve) : loaded;
          }
          try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            byte[] file = in.readAllBytes();
            return defineClass(name, file, 0, file.length);
          } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
          }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
          return null;
        }

        static boolean isLimited(Object made) throws Exception {
          try {
            made.getClass().getMethod("call").invoke(made);
            return false;
          } catch (InvocationTargetException e) {
            return true;
          }
        }

        public static void main(String[] args) throws Exception {
          Silent loader = new Silent();
          Object[] made = new Object[50];
          long most = 0;
          for (int i = 0; i < made.length; i++) {
            Class<?> type = Class.forName("Silent$C" + i, true, loader);
            made[i] = type.getConstructor().newInstance();
            most = Math.max(most, Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tollgate-late-classes"))
                .count());
          }
          long end = System.nanoTime() + 30_000_000_000L;
          int limited = 0;
          while (limited < made.length && System.nanoTime() - end < 0) {
            limited = 0;
            for (Object each : made) {
              limited += isLimited(each) ? 1 : 0;
            }
            Thread.sleep(10);
          }
          System.out.println("limited: " + limited);
          System.out.println("threads: " + most);
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void aCircularHierarchyFailsAsItDoesWithoutTheAgent() throws IOException {
    for (String[] pair : new String[][] {{"Hen", "Egg"}, {"Egg", "Hen"}}) {
      Path classes =
          Programs.compile(SUPERCLASS.formatted(pair[1]), SUBCLASS.formatted(pair[0], pair[1]));
      copy(classes.resolve(pair[0] + ".class"));
    }
    JvmResult without = hostile(CIRCULAR, "Circular", null);
    JvmResult result = hostile(CIRCULAR, "Circular", "");

    assertThat(result.out().subList(0, 3))
        .as("%s", result)
        .isEqualTo(without.out().subList(0, 3))
        .allMatch(line -> line.contains("ClassCircularityError") || line.contains("NoClassDef"));
    assertThat(result.out()).as("%s", result).endsWith("charged 1");
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  /**
   * Annotated classes that are cut off or changed at random; what the JVM takes, it still takes.
   */
  @Test
  void damagedClassFilesLoadWhereTheyDoWithoutTheAgent() {
    JvmResult without = hostile(BROKEN, "Broken", null);
    JvmResult result = hostile(BROKEN, "Broken", "");

    assertThat(without.out().stream().filter(line -> line.endsWith(" defined")))
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(result.out()).contains(line));
    assertThat(result.out()).hasSize(1_001).endsWith("charged 1");
  }

  @Test
  void aClassLoaderThatIsWovenItselfLoadsWovenClasses() {
    JvmResult result = hostile(RECURSIVE, "Recursive", "");

    // The constructor, two loads by name (its own, and the JVM's of what Cargo names), two reads
    // with what is reached inside them free, and CargoOfCargo.run.
    assertThat(result.out())
        .as("%s", result)
        .first()
        .isEqualTo("dev.tollgate.RateLimitExceededException");
    assertThat(result.err()).as("%s", result).hasSize(1);
    assertThat(result.out().get(1)).matches("\\d+ loads, 2 reads, charged \\d+");
    String[] numbers = result.out().get(1).split("\\D+");
    assertThat(Integer.parseInt(numbers[2]))
        .isEqualTo(1 + Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]) + 1);
  }

  @Test
  void aClassLoaderThatGivesNoBytesOfManyTypesHasOneThreadWeaveWhatIsBelowThem() {
    StringBuilder types = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      types.append("public interface I%d { @RateLimited(\"one\") void call(); }\n".formatted(i));
      types.append("public static class C%d implements I%d ".formatted(i, i));
      types.append("{ public void call() {} }\n");
    }
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.one.permits=1,limiters.one.period=1h,limiters.one.timeout=0")
            .program(Programs.compile(SILENT.replace("TYPES", types)))
            .main("Silent")
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).containsExactly("limited: 50", "threads: 1");
  }

  /** Lines of ours go to the process's stderr, so that the program's own stream never sees them. */
  @Test
  void aWovenStderrThatRefusesLosesNoLimit() {
    JvmResult result = hostile(PRINTER, "Printer", "");

    assertThat(result.out()).as("%s", result).containsExactly("refused", "charged 10");
    assertThat(result.err())
        .as("%s", result)
        .anyMatch(line -> line.contains("missed()"))
        .anyMatch(line -> line.contains("missedToo()"));
  }

  private JvmResult hostile(String program, String main, String agent) {
    Jvm jvm = Jvm.on(jdk);
    if (agent != null) {
      jvm.agent(
          "limiters.count.permits=1000000,limiters.count.period=1h,"
              + "limiters.once.permits=1,limiters.once.period=1h");
    } else {
      jvm.option(
          "-Dtollgate.limiters.count.permits=1000000", "-Dtollgate.limiters.count.period=1h");
    }
    Path classes = Programs.compile(program, LIMITED, CARGO);
    return jvm.classPath(folder, classes, Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
        .main(main)
        .run();
  }

  private void copy(Path classFile) throws IOException {
    Files.copy(
        classFile, folder.resolve(classFile.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }
}
