package dev.tollgate.agent.weave;

import org.jspecify.annotations.Nullable;

/**
 * The method that answers a refusal.
 *
 * @param refusalType the internal name of its last parameter, where that is the refusal; else null
 */
record Fallback(int access, String name, String descriptor, @Nullable String refusalType) {
  boolean has(int flag) {
    return (access & flag) != 0;
  }
}
