package dev.tollgate.agent.cli.demo;

import dev.tollgate.agent.cli.jvm.NoAnswerException;
import dev.tollgate.agent.cli.jvm.Reading;

/** Asks Tollgate in another JVM. */
@FunctionalInterface
public interface JvmReader {

  /**
   * What its beans in the process {@code pid} say.
   *
   * @throws NoAnswerException if they can't be read
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  Reading read(long pid) throws NoAnswerException, InterruptedException;
}
