package dev.tollgate.benchmarks.start.program;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.LifecycleException;

/** The server, without an annotation. */
public final class PlainServer {
  private PlainServer() {}

  public static void main(String[] args) throws IOException, LifecycleException {
    Server.answerOnce(new Servlet(), args);
  }

  /** Answers each request alike. */
  static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().println("hello");
    }
  }
}
