package dev.tollgate.agent.cli.jvm;

/**
 * What the agent in another JVM says to what it was asked to do.
 *
 * @param done whether it has done all of it
 * @param line its version if it has, otherwise why not
 */
public record Verdict(boolean done, String line) {}
