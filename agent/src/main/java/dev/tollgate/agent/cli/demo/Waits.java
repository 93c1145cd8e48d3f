package dev.tollgate.agent.cli.demo;

import java.time.Duration;

/**
 * How long calls waited for their permits, as the limiter says.
 *
 * @param mean over all admitted calls, those that didn't wait included
 * @param max the longest
 */
public record Waits(Duration mean, Duration max) {}
