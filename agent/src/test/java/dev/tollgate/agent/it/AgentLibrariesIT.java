package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries in the jar, as the agent's own loader has them. */
class AgentLibrariesIT {
  private URLClassLoader launcher;
  private ClassLoader agent;

  @BeforeEach
  void openTheJar() throws Exception {
    open(Artifacts.AGENT);
  }

  private void open(Path jar) throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    launcher = new URLClassLoader(new URL[] {jar.toUri().toURL()}, platform);
    Method open =
        launcher
            .loadClass("dev.tollgate.agent.AgentClassLoader")
            .getDeclaredMethod("open", ClassLoader.class);
    open.setAccessible(true);
    agent = (ClassLoader) open.invoke(null, platform);
  }

  @AfterEach
  void closeIt() throws Exception {
    launcher.close();
  }

  @Test
  void servicesAreFound() throws Exception {
    assertThat(providers("org.slf4j.spi.SLF4JServiceProvider"))
        .containsExactly("org.slf4j.nop.NOPServiceProvider");
    assertThat(providers("oshi.spi.SystemInfoProvider"))
        .containsExactlyInAnyOrder("oshi.SystemInfo", "oshi.nativefree.SystemInfo");
  }

  /** Where its folders' names mean something in a URL. */
  @Test
  void servicesAreFoundWhereverTheJarIs(@TempDir Path directory) throws Exception {
    Path odd = Files.createDirectories(directory.resolve("a!/b c#d+e%20f%g"));
    launcher.close();
    open(Files.copy(Artifacts.AGENT, odd.resolve("agent.jar")));

    servicesAreFound();
  }

  @Test
  void whatOshiLogsIsNotPrinted() throws Exception {
    Class<?> factory = agent.loadClass("org.slf4j.LoggerFactory");

    assertThat(factory.getMethod("getILoggerFactory").invoke(null).getClass().getName())
        .isEqualTo("org.slf4j.helpers.NOPLoggerFactory");
  }

  @Test
  void memoryIsRead() throws Exception {
    Class<?> type = agent.loadClass("dev.tollgate.health.memory.MemoryReader");
    Object reader = type.getMethod("ofThisMachine").invoke(null);

    assertThat(type.getMethod("read").invoke(reader)).asString().startsWith("MemoryReading[");
    assertThat(type.getClassLoader()).isSameAs(agent);
  }

  /** Needed on other systems than Linux, but it unpacks in the same way on each. */
  @Test
  void nativeCodeIsUnpackedFromTheJar(@TempDir Path directory) throws Exception {
    System.setProperty("jna.tmpdir", directory.toString());
    System.setProperty("jna.nosys", "true");
    try {
      Class<?> jna = Class.forName("com.sun.jna.Native", true, agent);

      assertThat(jna.getField("POINTER_SIZE").getInt(null)).isIn(4, 8);
      assertThat(System.getProperty("jnidispatch.path")).startsWith(directory.toString());
    } finally {
      System.clearProperty("jna.tmpdir");
      System.clearProperty("jna.nosys");
    }
  }

  private List<String> providers(String service) throws ClassNotFoundException {
    return ServiceLoader.load(agent.loadClass(service), agent).stream()
        .map(provider -> provider.type().getName())
        .toList();
  }
}
