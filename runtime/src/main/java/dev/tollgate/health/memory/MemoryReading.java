package dev.tollgate.health.memory;

/**
 * How much memory there is for this process.
 *
 * @param totalBytes the container's limit, or what the host has
 * @param availableBytes how much of it could be used without pushing out anything but cached files
 * @param source what says so
 */
public record MemoryReading(long totalBytes, long availableBytes, Source source) {

  /** Where the numbers come from. */
  public enum Source {
    /** The limit of a control group, version 1. */
    CGROUP_V1,
    /** The limit of a control group, version 2. */
    CGROUP_V2,
    /** The operating system, which sets this process no limit. */
    HOST
  }
}
