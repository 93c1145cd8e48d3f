package dev.tollgate.agent.cli.jvm;

import dev.tollgate.limiter.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks another JVM on a daemon thread, and gives up on it after a while: a JVM that is stopped
 * answers nothing, and neither attaching nor JMX has a time-out for that.
 *
 * @param time the longest that anybody waits for an answer
 */
public record TimeLimit(Duration time) {

  /**
   * What {@code question} answers.
   *
   * @throws NoAnswerException if it throws anything or takes too long
   * @throws InterruptedException if the calling thread is interrupted meanwhile
   */
  public <T> T ask(long pid, Callable<T> question) throws NoAnswerException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(question);
    Thread thread = new Thread(task, "tollgate-jmx");
    thread.setDaemon(true);
    // The provider of the attach API is looked up through it.
    thread.setContextClassLoader(TimeLimit.class.getClassLoader());
    thread.start();
    try {
      return task.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswerException(
          "process "
              + pid
              + " gave no answer within "
              + Durations.print(time)
              + ": it is stopped, busy or in a debugger, or can't write to its /tmp",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoAnswerException reason) {
        throw reason;
      }
      if (e.getCause() instanceof LinkageError) {
        throw new NoAnswerException(
            "this Java runtime lacks jdk.attach or java.management.rmi: use the java of a JDK", e);
      }
      throw new NoAnswerException("asking process " + pid + " failed: " + e.getCause(), e);
    }
  }
}
