package dev.tollgate.agent.weave;

import dev.tollgate.agent.hierarchy.KnownClass;
import org.jspecify.annotations.Nullable;

/**
 * Something that limits a method.
 *
 * @param source the type above that asks for it; null where the class itself is named
 */
record Reaching(@Nullable KnownClass source, Cause cause) {}
