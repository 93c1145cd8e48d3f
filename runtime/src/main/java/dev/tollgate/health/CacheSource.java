package dev.tollgate.health;

/** The counters of a cache. Read in the background. */
public interface CacheSource {

  /** Requests that the cache answered, so far. */
  long hits();

  /** Requests that it could not answer, so far. */
  long misses();
}
