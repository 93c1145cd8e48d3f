package dev.tollgate.benchmarks.start.program;

import dev.tollgate.RateLimited;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.LifecycleException;

/** The server, with an annotated servlet. */
public final class LimitedServer {
  private LimitedServer() {}

  public static void main(String[] args) throws IOException, LifecycleException {
    Server.answerOnce(new Servlet(), args);
  }

  /** Answers each request alike, where there is a permit. */
  static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    @RateLimited("filesystem")
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().println("hello");
    }
  }
}
