package dev.tollgate.benchmarks.start.program;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat with one servlet, from its start to its first answer. */
final class Server {
  private Server() {}

  static void answerOnce(HttpServlet servlet, String[] args)
      throws IOException, LifecycleException {
    start(servlet);
    Done.say(args);
    // Its threads aren't daemons, and stopping it in order isn't what is measured.
    System.exit(0);
  }

  /** Starts it on a port of its own choice and asks it once. */
  static void start(HttpServlet servlet) throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
    tomcat.setPort(0);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "hello", servlet);
    context.addServletMapping("/", "hello");
    tomcat.getConnector();
    tomcat.start();
    ask(tomcat.getConnector().getLocalPort());
  }

  private static void ask(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://localhost:" + port + "/").toURL().openConnection();
    try (InputStream answer = connection.getInputStream()) {
      if (answer.readAllBytes().length == 0) {
        throw new IOException("the server's answer is empty");
      }
    }
  }
}
