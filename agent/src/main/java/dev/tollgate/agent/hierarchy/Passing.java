package dev.tollgate.agent.hierarchy;

import java.util.List;

/**
 * A class that is being loaded.
 *
 * @param seeksDispatcher whether it is the class of a copy of the runtime that looks for the
 *     dispatcher
 * @param isWoven whether it calls the dispatcher, because it was woven before
 * @param hasCode false for an interface none of whose methods has a body
 * @param lambdas types that its {@code invokedynamic}s make, the JDK's left out
 * @param isLate whether classes below it have come by before it was known to be of interest
 */
public record Passing(
    KnownClass type,
    boolean seeksDispatcher,
    boolean isWoven,
    boolean hasCode,
    List<String> lambdas,
    boolean isLate) {}
